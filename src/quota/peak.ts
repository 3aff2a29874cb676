import { addDays, getISODay, set, startOfDay } from 'date-fns';
import { TZDate } from '@date-fns/tz';
import type { PeakHours, Plan } from '../core/plan.ts';

const HOUR_MS = 60 * 60_000;
/** Offsets from UTC are whole quarters of an hour. */
const QUARTER_MS = HOUR_MS / 4;

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
 * Says of an instant whether it is in peak hours. These begin and end on the hour where they hold, so the calendar is asked
 * once per hour of UTC, or once per quarter where that place's hours begin at another minute.
 */
export function createPeakClock(peak: PeakHours): (at: number) => boolean {
  const stepMs = peak.utcOffset.endsWith(':00') ? HOUR_MS : QUARTER_MS;
  const known = new Map<number, boolean>();
  return (at) => {
    const step = Math.floor(at / stepMs);
    let answer = known.get(step);
    if (answer === undefined) {
      answer = inPeak(peak, new TZDate(step * stepMs, peak.utcOffset));
      known.set(step, answer);
    }
    return answer;
  };
}

function inPeak(peak: PeakHours, local: TZDate): boolean {
  const hour = local.getHours();
  return peak.weekdays.includes(getISODay(local)) && hour >= peak.startHour && hour < peak.endHour;
}

function atHour(day: Date, hours: number): number {
  return set(startOfDay(day), { hours }).getTime();
}
