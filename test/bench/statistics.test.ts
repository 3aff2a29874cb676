import { expect, test } from 'vitest';
import { percentile, shuffled, summarise } from '../../bench/statistics.ts';

test('percentiles are samples that were taken, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 99, 100]);
  expect(percentile([7], 0.01)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

test('a summary does not depend on the order of the samples', () => {
  const summary = { count: 3, p50: 2, p99: 9, max: 9, mean: 4 };
  expect(summarise([9, 1, 2])).toEqual(summary);
  expect(summarise([1, 2, 9])).toEqual(summary);
});

test('a shuffled list holds the same items and leaves the given one alone', () => {
  const list = [1, 2, 3, 4, 5];
  const seen = shuffled(list);
  expect(list).toEqual([1, 2, 3, 4, 5]);
  expect(seen.toSorted((a, b) => a - b)).toEqual(list);
});
