import type { RateLimit } from '../core/rate-limit.ts';
import { readErrorEnvelope } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { FIVE_HOURS, WEEK } from './spans.ts';
import { parseJson } from './tolerant-json.ts';

/** Codes that say which window is used up. 1310 says "weekly/monthly"; plans of today have no monthly one. */
const WINDOWS: Readonly<Record<string, number>> = {
  1308: FIVE_HOURS,
  1310: WEEK,
  1316: FIVE_HOURS,
  1317: WEEK,
  1318: FIVE_HOURS,
  1319: WEEK,
  1320: FIVE_HOURS,
  1321: WEEK,
};

/**
 * An error that says a window is used up is a reading of that window: full, until the time the message names. Times in
 * messages are `yyyy-MM-dd HH:mm:ss` in UTC+8, on both sites.
 */
export function readGlmBodyLimits(text: string, now: number): readonly RateLimit[] {
  if (!/13(?:08|1[06-9]|2[01])/.test(text)) return [];
  const error = readErrorEnvelope(parseJson(text), false);
  const windowMs = WINDOWS[error?.code ?? ''];
  if (error === undefined || windowMs === undefined) return [];
  const policy = windowMs === WEEK ? 'limit-7d' : 'limit-5h';
  const resetsAt = timeIn(error.message);
  return [rateLimitOf({ policy, unit: 'share', usedFraction: 1, windowMs, resetsAt, seenAt: now, source: 'body' })];
}

function timeIn(message: string): number | undefined {
  const [, day, time] = /(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(message) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const at = Date.parse(`${day}T${time}+08:00`);
  return Number.isNaN(at) ? undefined : at;
}
