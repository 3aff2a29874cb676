import { header, type Headers } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { asInstant, asNumber } from './tolerant-json.ts';

/**
 * `X-RateLimit-Limit`, `-Remaining` and `-Reset` without a word on what and for how long. The reset is read where it is an
 * instant (epoch or RFC 3339); a small number may be a span or an instant, and is not guessed at.
 */
export function readPlainLimits(headers: Headers, now: number): readonly RateLimit[] {
  const limit = asNumber(header(headers, 'x-ratelimit-limit'));
  const remaining = asNumber(header(headers, 'x-ratelimit-remaining'));
  if (limit === undefined && remaining === undefined) return [];
  const reset = asInstant(header(headers, 'x-ratelimit-reset'));
  const resetsAt = reset !== undefined && reset > now - YEAR ? reset : undefined;
  return [
    rateLimitOf({ policy: 'requests', unit: 'requests', limit, remaining, resetsAt, seenAt: now, source: 'header' }),
  ];
}

const YEAR = 365 * 24 * 60 * 60_000;
