import { expect, test } from 'vitest';
import { durationName } from '../../src/quota/duration-name.ts';
import { DAY, HOUR, MINUTE } from './burns.ts';

test.each([
  [undefined, 'any'],
  [0, 'any'],
  [Number.NaN, 'any'],
  [MINUTE, 'minute'],
  [HOUR, 'hour'],
  [5 * HOUR, 'five-hour'],
  [5 * HOUR + MINUTE, 'five-hour'],
  [DAY, 'day'],
  [7 * DAY, 'week'],
  [28 * DAY, 'month'],
  [31 * DAY, 'month'],
  [10 * MINUTE, '10min'],
  [3 * HOUR, '3h'],
  [10 * DAY, '10d'],
])('%s ms is called %s', (windowMs, name) => {
  expect(durationName(windowMs)).toBe(name);
});
