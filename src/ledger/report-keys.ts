import type { ReportFailureGroup } from '../core/report.ts';

/** Of one part, and of a whole report. */
export const MAX_COUNTS = 10_000;
export const MAX_GROUPS = 300;
export const MAX_FAILURES = 1000;
/** Of one count; a machine seldom has more versions of an agent in a day. */
export const MAX_PRODUCTS = 6;

export function countKey(...parts: readonly [string, string, string, string, string, string]): string {
  const [day, providerId, accountKey, agentId, model, result] = parts;
  return `${day}\n${providerId}\n${accountKey}\n${agentId}\n${model}\n${result}`;
}

/** Words differ from one refusal to the next (ids, times): only where there is no code do they tell refusals apart. */
export function groupKey(
  of: Pick<ReportFailureGroup, 'providerId' | 'accountKey' | 'status' | 'code' | 'type' | 'message'>,
): string {
  const { providerId, accountKey, status, code, type, message } = of;
  return `${providerId}\n${accountKey}\n${status}\n${code}\n${type}\n${code === undefined ? message : ''}`;
}
