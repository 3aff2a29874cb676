import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE_MS, minuteOf } from '../../src/core/usage.ts';

test('an instant belongs to the minute that began at or before it', () => {
  expect(minuteOf(Date.UTC(2026, 0, 1, 10, 30, 59, 999))).toBe(Date.UTC(2026, 0, 1, 10, 30));
  fc.assert(
    fc.property(fc.nat(2 ** 42), (at) => {
      const minute = minuteOf(at);
      expect(minute % MINUTE_MS).toBe(0);
      expect(at - minute).toBeGreaterThanOrEqual(0);
      expect(at - minute).toBeLessThan(MINUTE_MS);
    }),
  );
});
