const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The word for a window's length, used to match windows of different speakers and in their ids. Vendors' figures differ a
 * little (a month is 28 to 31 days), so lengths within one percent have one name. `any` where the length is not known.
 */
export function durationName(windowMs: number | undefined): string {
  if (windowMs === undefined || !(windowMs > 0)) return 'any';
  for (const [name, length] of NAMED) if (Math.abs(windowMs - length) <= length / 100) return name;
  if (windowMs >= 28 * DAY * 0.99 && windowMs <= 31 * DAY * 1.01) return 'month';
  if (windowMs >= DAY) return `${round(windowMs / DAY)}d`;
  return windowMs >= HOUR ? `${round(windowMs / HOUR)}h` : `${round(windowMs / MINUTE)}min`;
}

const NAMED: readonly (readonly [string, number])[] = [
  ['minute', MINUTE],
  ['hour', HOUR],
  ['five-hour', 5 * HOUR],
  ['day', DAY],
  ['week', 7 * DAY],
];

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
