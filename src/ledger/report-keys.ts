import type { ReportFailureGroup } from '../core/report.ts';

/** Of one part, and of a whole report. */
const MAX_COUNTS = 10_000;
export const MAX_GROUPS = 300;
export const MAX_FAILURES = 1000;
/** Of one count; a machine seldom has more versions of an agent in a day. */
export const MAX_PRODUCTS = 6;

interface Counted {
  readonly day: string;
  readonly providerId: string;
  readonly accountKey: string;
  readonly agentId: string;
  readonly model: string;
  readonly result: string;
}

/** Where something is counted: by itself, or with `others` once as many counts are known as may be. */
export function countPlace(
  known: ReadonlyMap<string, unknown>,
  of: Counted,
): { readonly key: string; readonly agentId: string; readonly model: string } {
  const own = { key: countKey(of), agentId: of.agentId, model: of.model };
  if (known.size < MAX_COUNTS || known.has(own.key)) return own;
  const rest = { agentId: 'others', model: 'others' };
  return { key: countKey({ ...of, ...rest }), ...rest };
}

function countKey({ day, providerId, accountKey, agentId, model, result }: Counted): string {
  return `${day}\n${providerId}\n${accountKey}\n${agentId}\n${model}\n${result}`;
}

/** Words differ from one refusal to the next (ids, times): only where there is no code do they tell refusals apart. */
export function groupKey(
  of: Pick<ReportFailureGroup, 'providerId' | 'accountKey' | 'status' | 'code' | 'type' | 'message'>,
): string {
  const { providerId, accountKey, status, code, type, message } = of;
  return `${providerId}\n${accountKey}\n${status}\n${code}\n${type}\n${code === undefined ? message : ''}`;
}
