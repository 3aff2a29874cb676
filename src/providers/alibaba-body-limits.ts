import type { RateLimit } from '../core/rate-limit.ts';
import { readErrorEnvelope } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { FIVE_HOURS, MONTH, WEEK } from './spans.ts';
import { parseJson } from './tolerant-json.ts';

/** How errors name the window that is used up (vendor's error reference, 2026-04). */
const WINDOWS: readonly (readonly [words: RegExp, policy: string, windowMs: number])[] = [
  [/\bhour allocated quota exceeded|\b5-hour quota has been exhausted/i, 'five-hour', FIVE_HOURS],
  [/\bweek allocated quota exceeded|\b1-week quota has been exhausted/i, 'week', WEEK],
  [/\bmonth allocated quota exceeded|\b1-month quota has been exhausted/i, 'month', MONTH],
];

/**
 * An error that says a window is used up is a reading of that window: full, until "08-18 10:07:00 UTC" where the message names
 * such a time (the next one of that day and hour).
 */
export function readAlibabaBodyLimits(text: string, now: number): readonly RateLimit[] {
  if (!/allocated quota exceeded|quota has been exhausted/i.test(text)) return [];
  const message = readErrorEnvelope(parseJson(text), false)?.message ?? '';
  const found = WINDOWS.find(([words]) => words.test(message));
  if (found === undefined) return [];
  const [, policy, windowMs] = found;
  const resetsAt = nextTimeIn(message, now);
  return [rateLimitOf({ policy, unit: 'share', usedFraction: 1, windowMs, resetsAt, seenAt: now, source: 'body' })];
}

function nextTimeIn(message: string, now: number): number | undefined {
  const [, day, time] = /reset at (\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/.exec(message) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const year = new Date(now).getUTCFullYear();
  const at = Date.parse(`${year}-${day}T${time}Z`);
  if (Number.isNaN(at)) return undefined;
  return at >= now ? at : Date.parse(`${year + 1}-${day}T${time}Z`);
}
