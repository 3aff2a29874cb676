/** Lengths of the allowance windows vendors sell, in ms. A month is 30 days: what is sold is a billing month. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const FIVE_HOURS = 5 * HOUR;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;
export const MONTH = 30 * DAY;
