import type { Exchange, ProviderError } from '../core/exchange.ts';
import type { Failure } from '../core/incident.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { redact } from './redact.ts';

/** What of an exchange tells whether and how it failed. */
export type FailedExchange = Pick<Exchange, 'providerId' | 'operation' | 'outcome' | 'status' | 'error' | 'limits'>;

/**
 * The failure an exchange ended in; undefined where it did not fail, where Planward refused it itself, and where the agent went
 * away before an answer. Probes and lists of models that are refused are no failures of a turn and give undefined too. The reset
 * is the latest one that the answer's limits name for an allowance that is used up. Pure, never throws.
 */
export function failureOfExchange(exchange: FailedExchange): Failure | undefined {
  const { error, status, outcome, operation } = exchange;
  if (outcome === 'refused' || operation === 'probe' || operation === 'models') return undefined;
  if (outcome === 'aborted' && error === undefined && (status === undefined || status < 400)) return undefined;
  const failed = error !== undefined || outcome === 'upstream-failed' || (status !== undefined && status >= 400);
  if (!failed) return undefined;
  return {
    providerId: exchange.providerId,
    status: outcome === 'upstream-failed' && error === undefined ? undefined : status,
    code: error?.code,
    type: error?.type,
    message: messageOf(error, outcome),
    hints: [],
    resetsAt: resetOf(exchange.limits),
    retryAfterMs: undefined,
    requestId: undefined,
    inStream: error?.inStream ?? false,
    markup: error !== undefined && error.code === undefined && error.type === undefined && looksLikePage(error.message),
  };
}

function messageOf(error: ProviderError | undefined, outcome: Exchange['outcome']): string {
  if (error !== undefined) return redact(error.message);
  return outcome === 'upstream-failed' ? 'connection closed before the answer was whole' : '';
}

/** The envelope reader takes markup out, so a page is told by what is left: a bot wall's words, or a title said twice. */
function looksLikePage(message: string): boolean {
  return (
    /^(just a moment|attention required|access denied)/i.test(message) || /^(\d{3} [\w ]{3,40}) \1\b/.test(message)
  );
}

function resetOf(limits: readonly RateLimit[]): number | undefined {
  const spent = limits.filter(({ usedFraction, remaining }) => (usedFraction ?? 0) >= 1 || remaining === 0);
  const resets = spent.flatMap(({ resetsAt }) => (resetsAt === undefined ? [] : [resetsAt]));
  return resets.length === 0 ? undefined : Math.max(...resets);
}
