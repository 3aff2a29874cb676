import type { RateLimit } from '../core/rate-limit.ts';
import { readSpan } from './go-span.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { DAY, MINUTE } from './spans.ts';
import { asInstant, listAt, numberAt, objectAt, parseJson, textAt } from './tolerant-json.ts';

/**
 * Google's 429 names the quota that is used up: `QuotaFailure` with its id, value and model, `RetryInfo` with a delay,
 * `ErrorInfo` with a reset (google.rpc error details). Google sends no limit headers, so this is all it says. The delay is a
 * reset only for quotas per minute; what a quota per day tells there is when to try again.
 */
export function readGeminiBodyLimits(text: string, now: number): readonly RateLimit[] {
  if (!text.includes('"error"') || !text.includes('uotaFailure')) return [];
  const parsed = parseJson(text);
  const error = objectAt(Array.isArray(parsed) ? (parsed[0] as unknown) : parsed, 'error');
  const details = listAt(error, 'details');
  const retryMs = details.map((detail) => readSpan(textAt(detail, 'retryDelay'))).find((ms) => ms !== undefined);
  const resetsAt = details
    .map((detail) => asInstant(textAt(objectAt(detail, 'metadata'), 'quotaResetTimeStamp')))
    .find((at) => at !== undefined);
  return details
    .flatMap((detail) => listAt(detail, 'violations'))
    .flatMap((violation) => {
      const policy = textAt(violation, 'quotaId') ?? textAt(violation, 'quotaMetric');
      if (policy === undefined) return [];
      const perDay = /PerDay|Daily/i.test(policy);
      const windowMs = perDay ? DAY : /PerMinute/i.test(policy) ? MINUTE : undefined;
      const tokens = /token/i.test(`${policy} ${textAt(violation, 'quotaMetric') ?? ''}`);
      return rateLimitOf({
        policy,
        unit: tokens ? 'tokens' : 'requests',
        limit: numberAt(violation, 'quotaValue'),
        usedFraction: 1,
        windowMs,
        resetsAt: resetsAt ?? (perDay || retryMs === undefined ? undefined : now + retryMs),
        model: textAt(objectAt(violation, 'quotaDimensions'), 'model'),
        seenAt: now,
        source: 'body',
      });
    });
}
