import { addDays, getISODay, set, startOfDay } from 'date-fns';
import { TZDate } from '@date-fns/tz';
import type { PeakHours, Plan } from '../core/plan.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Whether a plan's full price holds at `now`, and until when that stays so (ms since epoch). Undefined where the plan has no
 * peak hours. The end itself is off-peak: 14 to 18 is 14:00:00.000 to 17:59:59.999.
 */
export function peakState(plan: Plan | undefined, now: number): { now: boolean; untilAt: number } | undefined {
  const peak = plan?.peak;
  if (peak === undefined || peak.weekdays.length === 0) return undefined;
  const local = new TZDate(now, peak.utcOffset);
  if (inPeak(peak, local)) return { now: true, untilAt: atHour(local, peak.endHour) };
  for (let days = 0; days <= 7; days++) {
    const day = addDays(startOfDay(local), days);
    const startsAt = atHour(day, peak.startHour);
    if (startsAt > now && peak.weekdays.includes(getISODay(day))) return { now: false, untilAt: startsAt };
  }
  return undefined;
}

/**
 * Says of an instant whether it is in peak hours: plain arithmetic on the fixed offset, because it is asked for every row of
 * a month's history.
 */
export function createPeakClock(peak: PeakHours): (at: number) => boolean {
  const offsetMs = new TZDate(0, peak.utcOffset).getTimezoneOffset() * -MINUTE_MS;
  const weekdays = new Set(peak.weekdays);
  return (at) => {
    const local = at + offsetMs;
    const day = Math.floor(local / DAY_MS);
    const hour = (local - day * DAY_MS) / HOUR_MS;
    // 1 January 1970 was a Thursday.
    return hour >= peak.startHour && hour < peak.endHour && weekdays.has(((((day + 3) % 7) + 7) % 7) + 1);
  };
}

function inPeak(peak: PeakHours, local: TZDate): boolean {
  const hour = local.getHours();
  return peak.weekdays.includes(getISODay(local)) && hour >= peak.startHour && hour < peak.endHour;
}

function atHour(day: Date, hours: number): number {
  return set(startOfDay(day), { hours }).getTime();
}
