/** Lengths of the allowance windows vendors sell, in ms. A month is 30 days: what is sold is a billing month. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const FIVE_HOURS = 5 * HOUR;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;
export const MONTH = 30 * DAY;

/** A span of so many units; undefined where either is not known or makes no length. */
export function spanMs(unitMs: number | undefined, count: number | undefined): number | undefined {
  if (unitMs === undefined || count === undefined) return undefined;
  const span = unitMs * count;
  return Number.isFinite(span) && span > 0 ? span : undefined;
}
