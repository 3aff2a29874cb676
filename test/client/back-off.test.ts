import { expect, test } from 'vitest';
import { backOffMs } from '../../src/client/back-off.ts';

test.each([
  [0, 0],
  [-1, 0],
  [1, 250],
  [2, 500],
  [5, 4000],
  [7, 16_000],
  [8, 30_000],
  [1000, 30_000],
])('after %d failures the next try waits %d ms', (failures, ms) => {
  expect(backOffMs(failures)).toBe(ms);
});

test('windows that fail together do not try again together', () => {
  expect(backOffMs(3, 1)).toBe(800);
  expect(backOffMs(3, 0.5)).toBe(900);
});
