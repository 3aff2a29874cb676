import type { Plan, PlanWindow, Source } from '../core/plan.ts';
import type { Provider } from '../core/provider.ts';
import { readAlibabaBodyLimits } from './alibaba-body-limits.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { anthropicRoutes, matchRoute, modelsRoutes, openaiChatRoutes } from './routes.ts';
import { FIVE_HOURS, MONTH, WEEK } from './spans.ts';

const PLAN: Source = {
  url: 'https://www.alibabacloud.com/help/en/model-studio/coding-plan',
  readOn: '2026-03-28',
  doubt: "The figures were reported by users in March 2026; the week from Monday 00:00 UTC+8 is the vendor's word.",
};

const ROUTES = [...anthropicRoutes, ...openaiChatRoutes, ...modelsRoutes];

/**
 * Alibaba's Coding Plan: OpenAI chat under `/v1`, Anthropic Messages under `/apps/anthropic`. Model calls are what is counted,
 * and no endpoint that takes the key says how many, so our own count is all there is; the plan is told by the user.
 */
export function alibabaProvider(site: Pick<Provider, 'id' | 'name' | 'upstream'>): Provider {
  return {
    ...site,
    shortName: 'Qwen',
    plans: [codingPlan('Lite', 1_200, 9_000, 18_000, 10), codingPlan('Pro', 6_000, 45_000, 90_000, 50)],
    route: (method, path) => matchRoute(ROUTES, method, path),
    credential: (headers) => readCredential(headers),
    readLimits: () => [],
    readError: readErrorBody,
    readBodyLimits: readAlibabaBodyLimits,
    poll: undefined,
  };
}

function codingPlan(tier: string, fiveHours: number, week: number, month: number, usd: number): Plan {
  const calls = { unit: 'requests', source: PLAN } as const;
  const windows: readonly PlanWindow[] = [
    { ...calls, id: 'five-hour', kind: 'rolling', windowMs: FIVE_HOURS, limit: fiveHours },
    { ...calls, id: 'week', kind: 'calendar', windowMs: WEEK, limit: week, utcOffset: '+08:00' },
    // A month from the day of the order, which we do not know: the last thirty days.
    { ...calls, id: 'month', kind: 'fixed', windowMs: MONTH, limit: month },
  ];
  return {
    id: `alibaba-coding-${tier.toLowerCase()}`,
    name: `Alibaba Coding Plan ${tier}`,
    shortName: 'Qwen',
    tiers: [tier.toLowerCase()],
    windows,
    creditRates: [],
    peak: undefined,
    prompts: undefined,
    priceUsdMicros: usd * 1_000_000,
  };
}
