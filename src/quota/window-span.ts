import { addDays, addMonths, startOfDay, startOfISOWeek, startOfMonth } from 'date-fns';
import { TZDate } from '@date-fns/tz';
import type { QuotaWindow } from '../core/quota-window.ts';
import type { Burn } from '../core/usage.ts';
import { durationName } from './duration-name.ts';

/** The stretch of time one allowance covers now. */
export interface WindowSpan {
  /** From when use counts; in the future (`Infinity`) where the window is untouched. */
  readonly startsAt: number;
  /** When it is free again; undefined where untouched or where its beginning is not known. */
  readonly resetsAt: number | undefined;
}

/** What is known about an allowance's beginning. */
export interface SpanClues {
  readonly kind: QuotaWindow['kind'];
  readonly windowMs: number;
  /** A reset the provider said, in the past or to come. */
  readonly resetsAt: number | undefined;
  /** Offset calendar windows are cut at, `+08:00`. */
  readonly utcOffset: string;
}

/**
 * The span that `now` falls in:
 *
 * 1. the provider's reset is to come: the window before it
 * 2. rolling: from the first use after the last reset said (or after the one before ended), for `windowMs`. Vendors say that
 *    use is "released five hours after consumption"; what their endpoints show is one window that begins with the first use
 *    and has one reset, so that is what is drawn
 * 3. fixed with a reset in the past: its cycle goes on from there
 * 4. calendar: the day, week (from Monday) or month
 * 5. fixed, beginning not known: the last `windowMs`, which never says too little; no reset is told
 */
export function spanOf(clues: SpanClues, burns: readonly Burn[], now: number): WindowSpan {
  const { kind, windowMs, resetsAt, utcOffset } = clues;
  if (resetsAt !== undefined && resetsAt > now) return { startsAt: resetsAt - windowMs, resetsAt };
  if (kind === 'rolling') return rollingSpan(windowMs, burns, resetsAt ?? Number.NEGATIVE_INFINITY, now);
  if (resetsAt !== undefined) {
    const startsAt = resetsAt + Math.floor((now - resetsAt) / windowMs) * windowMs;
    return { startsAt, resetsAt: startsAt + windowMs };
  }
  const calendar = kind === 'calendar' ? calendarSpan(windowMs, utcOffset, now) : undefined;
  return calendar ?? { startsAt: now - windowMs, resetsAt: undefined };
}

function rollingSpan(windowMs: number, burns: readonly Burn[], fromAt: number, now: number): WindowSpan {
  const uses = new Float64Array(burns.length);
  let count = 0;
  let inOrder = true;
  for (const { minuteAt } of burns) {
    if (minuteAt < fromAt || minuteAt > now) continue;
    inOrder &&= count === 0 || minuteAt >= uses[count - 1]!;
    uses[count++] = minuteAt;
  }
  const used = uses.subarray(0, count);
  if (!inOrder) used.sort();
  let startsAt = Number.NEGATIVE_INFINITY;
  for (const at of used) if (at >= startsAt + windowMs) startsAt = at;
  const open = startsAt + windowMs > now;
  return open ? { startsAt, resetsAt: startsAt + windowMs } : { startsAt: Infinity, resetsAt: undefined };
}

function calendarSpan(windowMs: number, utcOffset: string, now: number): WindowSpan | undefined {
  const local = new TZDate(now, utcOffset);
  switch (durationName(windowMs)) {
    case 'day':
      return between(startOfDay(local), addDays(startOfDay(local), 1));
    case 'week':
      return between(startOfISOWeek(local), addDays(startOfISOWeek(local), 7));
    case 'month':
      return between(startOfMonth(local), addMonths(startOfMonth(local), 1));
    default:
      return undefined;
  }
}

function between(start: Date, end: Date): WindowSpan {
  return { startsAt: start.getTime(), resetsAt: end.getTime() };
}
