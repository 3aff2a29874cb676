import type { QuotaReading } from '../core/provider.ts';
import { readErrorBody } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { asObject, parseJson, type JsonObject } from './tolerant-json.ts';

/** US dollars as whole micro-dollars. */
export function usdMicros(usd: number | undefined): number | undefined {
  return usd === undefined ? undefined : Math.round(usd * 1_000_000);
}

/**
 * A prepaid balance as a reading: what is left in US dollars, without a limit. `pick` finds the dollars in the answer;
 * undefined where it has none (another currency): then nothing is told.
 */
export function readBalance(
  status: number,
  body: string,
  now: number,
  pick: (answer: JsonObject) => number | undefined,
): QuotaReading {
  const message = readErrorBody(status, body)?.message;
  if (status === 401 || status === 403) {
    return { ok: false, reason: 'auth', message: message ?? 'The balance endpoint refused the key.' };
  }
  const answer = asObject(parseJson(body));
  if (answer === undefined || status >= 400) {
    const fallback = `The balance endpoint answered ${status} with nothing that can be read.`;
    return { ok: false, reason: 'unreadable', message: message ?? fallback };
  }
  const remaining = usdMicros(pick(answer));
  if (remaining === undefined) return { ok: true, limits: [], tier: undefined };
  const limit = rateLimitOf({ policy: 'balance', unit: 'usd-micros', remaining, seenAt: now, source: 'usage-api' });
  return { ok: true, limits: [limit], tier: undefined };
}
