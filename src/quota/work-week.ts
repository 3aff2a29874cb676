import type { Burn } from '../core/usage.ts';

const HOUR_MS = 60 * 60_000;
const WEEK_HOURS = 168;
/** Less history than this says nothing about which hours somebody works. */
const MIN_HISTORY_HOURS = 10 * 24;
const MAX_HISTORY_HOURS = 5 * WEEK_HOURS;
/** Share of each hour's figure that comes from the hours around it: nobody starts on the minute. */
const SMOOTHING = 0.5;
/** Weight of "as in other weeks" against "as in this one so far", in hours of average use. */
const PRIOR_HOURS = 12;

/** Expected use at an instant, per ms, in the measure of `weigh`. */
export type ExpectedUse = (at: number) => number;

/**
 * What the hours of the week to come will use, from the weeks before: each hour's mean, times how this window's use so far
 * compares with what was to be expected of it. So a weekend is not taken for a working day, and a busy week is for busy.
 * Undefined where there are fewer than ten days of history. Hours are those of UTC: only their likeness matters.
 */
export function expectWeek(
  burns: readonly Burn[],
  weigh: (burn: Burn) => number,
  windowStartsAt: number,
  now: number,
): ExpectedUse | undefined {
  const first = burns.reduce((least, { minuteAt }) => Math.min(least, minuteAt), now);
  const nowHour = Math.floor(now / HOUR_MS);
  const firstHour = Math.max(Math.floor(first / HOUR_MS) + 1, nowHour - MAX_HISTORY_HOURS);
  if (nowHour - firstHour < MIN_HISTORY_HOURS) return undefined;

  const used = new Float64Array(WEEK_HOURS);
  const seen = new Float64Array(WEEK_HOURS);
  for (let hour = firstHour; hour < nowHour; hour++) seen[hour % WEEK_HOURS]! += 1;
  let usedInWindow = 0;
  for (const burn of burns) {
    const hour = Math.floor(burn.minuteAt / HOUR_MS);
    const weight = weigh(burn);
    if (hour >= firstHour && hour < nowHour) used[hour % WEEK_HOURS]! += weight;
    if (burn.minuteAt >= windowStartsAt && burn.minuteAt <= now) usedInWindow += weight;
  }
  const mean = used.reduce((sum, each) => sum + each, 0) / (nowHour - firstHour);
  if (mean <= 0) return undefined;
  const hourly = used.map((sum, i) => sum / Math.max(1, seen[i]!));
  const smooth = hourly.map(
    (own, i) =>
      own * (1 - SMOOTHING) +
      (hourly[(i + 1) % WEEK_HOURS]! + hourly[(i + WEEK_HOURS - 1) % WEEK_HOURS]!) * (SMOOTHING / 2),
  );

  let expected = 0;
  for (let at = windowStartsAt; at < now; at += HOUR_MS) {
    expected += smooth[Math.floor(at / HOUR_MS) % WEEK_HOURS]! * (Math.min(HOUR_MS, now - at) / HOUR_MS);
  }
  const prior = PRIOR_HOURS * mean;
  const level = (usedInWindow + prior) / (expected + prior);
  return (at) => (smooth[Math.floor(at / HOUR_MS) % WEEK_HOURS]! * level) / HOUR_MS;
}
