import { expect, test } from 'vitest';
import {
  formatAge,
  formatAgeTight,
  formatShortSpan,
  formatSpan,
  formatSpanTight,
  speakSpan,
} from '../../../src/extension/present/span.ts';
import { DAY, HOUR, MINUTE } from '../snapshots.ts';
import { chinese, english } from '../voices.ts';

test.each([
  [-5, 'under a minute', '<1m', 'under a minute'],
  [59_999, 'under a minute', '<1m', 'under a minute'],
  [MINUTE, '1 min', '1m', '1 minute'],
  [44 * MINUTE + 59_000, '44 min', '44m', '44 minutes'],
  [88 * MINUTE, '1 h 28 m', '1h 28m', '1 hour 28 minutes'],
  [2 * HOUR, '2 h 0 m', '2h 0m', '2 hours'],
  [3 * DAY + 20 * HOUR + 35 * MINUTE, '3 d 20 h', '3d 20h', '3 days 20 hours'],
])('%d ms reads "%s", "%s" where tight, and is spoken "%s"', (ms, read, tight, spoken) => {
  expect([formatSpan(english, ms), formatSpanTight(english, ms), speakSpan(english, ms)]).toEqual([
    read,
    tight,
    spoken,
  ]);
});

test('spans are said in the language of the user', () => {
  expect(formatSpan(chinese, 88 * MINUTE)).toBe('1 小时 28 分');
  expect(speakSpan(chinese, 88 * MINUTE)).toBe('1小时 28分钟');
});

test('an age under a minute is just now', () => {
  expect([formatAge(english, 59_000), formatAge(english, 10 * MINUTE)]).toEqual(['just now', '10 min ago']);
  expect([formatAgeTight(english, 59_000), formatAgeTight(english, 10 * MINUTE)]).toEqual(['now', '10m ago']);
});

test.each([
  [0, '0 ms'],
  [410, '410 ms'],
  [3240, '3.2 s'],
  [125_000, '2 min'],
])('a request of %d ms took %s', (ms, text) => {
  expect(formatShortSpan(english, ms)).toBe(text);
});
