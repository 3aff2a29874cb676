import { expect, test } from 'vitest';
import { isQuiet, readQuietHours } from '../../../src/extension/present/quiet-hours.ts';

test.each(['', 'night', '22:00', '24:00-07:00', '22:61-07:00', '07:00-07:00'])('"%s" names no quiet hours', (text) => {
  expect(readQuietHours(text)).toBeUndefined();
});

test.each<[string, string, boolean]>([
  ['22:00-07:30', '21:59', false],
  ['22:00-07:30', '22:00', true],
  ['22:00-07:30', '00:00', true],
  ['22:00-07:30', '07:29', true],
  ['22:00-07:30', '07:30', false],
  ['9:00 - 17:00', '08:59', false],
  ['9:00 - 17:00', '12:00', true],
  ['9:00 - 17:00', '17:00', false],
])('with %s it is at %s quiet: %s', (text, clock, quiet) => {
  const hours = readQuietHours(text);
  const [hour, minute] = clock.split(':').map(Number);
  expect(hours).toBeDefined();
  expect(isQuiet({ timeZone: 'UTC' }, hours, Date.UTC(2026, 10, 22, hour, minute))).toBe(quiet);
});

test('quiet hours go by the zone of the user', () => {
  const midnightInChina = Date.UTC(2026, 10, 22, 16);
  const hours = readQuietHours('23:00-06:00');
  expect(isQuiet({ timeZone: 'Asia/Shanghai' }, hours, midnightInChina)).toBe(true);
  expect(isQuiet({ timeZone: 'UTC' }, hours, midnightInChina)).toBe(false);
});
