import type { QuotaReading } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { readErrorBody } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { DAY, HOUR, MINUTE, MONTH, spanMs, WEEK } from './spans.ts';
import { asObject, instantAt, listAt, numberAt, objectAt, parseJson, textAt } from './tolerant-json.ts';

const UNITS: Readonly<Record<string, number>> = {
  TIME_UNIT_SECOND: 1_000,
  TIME_UNIT_MINUTE: MINUTE,
  TIME_UNIT_HOUR: HOUR,
  TIME_UNIT_DAY: DAY,
  TIME_UNIT_WEEK: WEEK,
  TIME_UNIT_MONTH: MONTH,
};

/**
 * What `GET /coding/v1/usages` says, as Kimi's own CLI reads it (2026-06): `usage` is the week, `limits[]` have their length,
 * `totalQuota` is the month shared with other Kimi products. Numbers are strings. What they count changed from requests to
 * tokens during 2026, so they are read as shares. Never throws.
 */
export function readKimiQuota(status: number, body: string, now: number): QuotaReading {
  const message = readErrorBody(status, body)?.message;
  if (status === 401 || status === 403) {
    return { ok: false, reason: 'auth', message: message ?? 'The usage endpoint refused the key.' };
  }
  if (status === 402) return { ok: false, reason: 'no-plan', message: message ?? 'No Kimi Code membership was found.' };
  const answer = asObject(parseJson(body));
  if (answer === undefined || (objectAt(answer, 'usage') === undefined && !Array.isArray(answer['limits']))) {
    const fallback = `The usage endpoint answered ${status} with nothing that can be read.`;
    return { ok: false, reason: 'unreadable', message: message ?? fallback };
  }
  const limits = [
    share('week', WEEK, objectAt(answer, 'usage'), now),
    ...listAt(answer, 'limits').map((entry) => {
      const window = objectAt(entry, 'window');
      const windowMs = spanMs(UNITS[textAt(window, 'timeUnit') ?? ''], numberAt(window, 'duration'));
      return share(
        windowMs === undefined ? 'unknown' : `${windowMs / MINUTE}min`,
        windowMs,
        objectAt(entry, 'detail'),
        now,
      );
    }),
    share('month', MONTH, objectAt(answer, 'totalQuota'), now),
  ].flatMap((limit) => limit ?? []);
  const level = textAt(objectAt(objectAt(answer, 'user'), 'membership'), 'level');
  return { ok: true, limits, tier: level?.toLowerCase() };
}

function share(policy: string, windowMs: number | undefined, detail: unknown, now: number): RateLimit | undefined {
  const limit = numberAt(detail, 'limit');
  const counted = rateLimitOf({
    policy,
    unit: 'share',
    limit,
    used: numberAt(detail, 'used'),
    remaining: numberAt(detail, 'remaining'),
    seenAt: now,
    source: 'usage-api',
  });
  const resetsAt = instantAt(detail, 'resetTime') ?? instantAt(detail, 'reset_at');
  if (counted.usedFraction === undefined && resetsAt === undefined) return undefined;
  const { usedFraction } = counted;
  return rateLimitOf({ policy, unit: 'share', usedFraction, windowMs, resetsAt, seenAt: now, source: 'usage-api' });
}
