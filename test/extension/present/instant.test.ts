import { expect, test } from 'vitest';
import { formatInstant } from '../../../src/extension/present/instant.ts';
import { DAY, HOUR, MINUTE, NOW } from '../snapshots.ts';
import { chinese, english } from '../voices.ts';

test.each([
  [NOW + 88 * MINUTE, '14:05'],
  [NOW - 12 * HOUR, '00:37'],
  [NOW + 12 * HOUR, 'Mon 00:37'],
  [NOW + 3 * DAY + 20 * HOUR + 35 * MINUTE, 'Thu 09:12'],
  [NOW + 10 * DAY, '2 Dec, 12:37'],
])('an instant is as short as it can be: %d is %s', (at, text) => {
  expect(formatInstant(english, at, NOW)).toBe(text);
});

test('today is the day of the user’s own zone', () => {
  expect(formatInstant(chinese, NOW + 88 * MINUTE, NOW)).toBe('22:05');
  expect(formatInstant(chinese, NOW + 4 * HOUR, NOW)).toBe('周一 00:37');
});
