import { expect, test } from 'vitest';
import { drawBar, formatAmount, formatPercent, speakPercent } from '../../../src/extension/present/figures.ts';
import { chinese, english } from '../voices.ts';

test.each([
  [0, '0%'],
  [-0.1, '0%'],
  [0.0004, '<0.1%'],
  [0.004, '0.4%'],
  [0.0094, '0.9%'],
  [0.0096, '1%'],
  [0.62, '62%'],
  [0.625, '63%'],
  [0.996, '99%'],
  [0.9999, '99%'],
  [1, '100%'],
  [1.2, '120%'],
])('a fraction of %d is %s', (fraction, text) => {
  expect(formatPercent(fraction)).toBe(text);
});

test('a percentage is spoken as a word', () => {
  expect([speakPercent(english, 0.62), speakPercent(chinese, 0.62)]).toEqual(['62 percent', '百分之 62']);
});

test.each([
  ['credits', 7440, 12_000, '7,440 / 12,000 credits'],
  ['prompts', 12.4, 120, '12 / 120 prompts'],
  ['tokens', 7440, undefined, '7,440 tokens'],
  ['requests', 3, 10, '3 / 10 requests'],
  ['usd-micros', 1_200_000, 5_000_000, '$1.20 / $5.00'],
  ['usd-micros', 1_200_000, undefined, '$1.20'],
  ['share', 0.4, 1, undefined],
  ['credits', undefined, 12_000, undefined],
] as const)('%s used %s of %s is said as %s', (unit, used, limit, text) => {
  expect(formatAmount(english, { unit, used, limit })).toBe(text);
});

test.each([
  [0, '░░░░░░░░░░'],
  [0.001, '█░░░░░░░░░'],
  [0.62, '██████░░░░'],
  [0.99, '█████████░'],
  [1, '██████████'],
  [1.5, '██████████'],
])('a bar of %d shows some use and only full when full', (fraction, bar) => {
  expect(drawBar(fraction, 10)).toBe(bar);
});
