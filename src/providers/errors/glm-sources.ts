import type { Source } from '../../core/plan.ts';

/** The current tables of both sites. */
export const TABLE: Source = { url: 'https://docs.z.ai/api-reference/api-code', readOn: '2026-09-07' };
export const TABLE_CN: Source = { url: 'https://docs.bigmodel.cn/cn/api/api-code', readOn: '2026-09-07' };
export const OLDER: Source = {
  ...TABLE,
  doubt: 'Stands in older tables only; the current one no longer lists it.',
};
export const RATE_LIMIT_PAGE: Source = { url: 'https://docs.bigmodel.cn/cn/api/rate-limit', readOn: '2026-09-07' };
export const USAGE_POLICY: Source = { url: 'https://docs.z.ai/devpack/usage-policy', readOn: '2026-09-07' };

/** A user's report, on the day it was written. */
export function report(url: string, readOn: string, doubt = 'Reported by users, not by the provider.'): Source {
  return { url, readOn, doubt };
}

export const LINKS = {
  keys: 'https://z.ai/manage-apikey/apikey-list',
  plan: 'https://z.ai/manage-apikey/coding-plan/personal/my-plan',
  usage: 'https://z.ai/manage-apikey/coding-plan/personal/usage',
  usageCn: 'https://bigmodel.cn/coding-plan/personal/usage',
  overviewCn: 'https://bigmodel.cn/coding-plan/personal/overview',
  policy: USAGE_POLICY.url,
  policyCn: 'https://docs.bigmodel.cn/cn/coding-plan/usage-notes',
  quickStart: 'https://docs.z.ai/devpack/quick-start',
} as const;
