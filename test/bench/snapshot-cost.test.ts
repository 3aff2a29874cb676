import { expect, test } from 'vitest';
import { measureSnapshot } from '../../bench/snapshot-cost.ts';

test('a snapshot of 35 heavy days stays under 50 ms, worked out anew and with traffic', () => {
  // The better of two: other tests run beside this one.
  const runs = [measureSnapshot(), measureSnapshot()];
  expect(runs[0]!.burns).toBeGreaterThan(70_000);
  expect(Math.min(...runs.map(({ coldMs }) => coldMs.median))).toBeLessThan(50);
  expect(Math.min(...runs.map(({ warmMs }) => warmMs.median))).toBeLessThan(50);
});
