import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApiPrice } from '../../src/core/cost.ts';
import { createCostOf, monthOf } from '../../src/quota/cost.ts';
import { burn, MINUTE, NOW } from './burns.ts';

const source = { url: 'https://example.test/prices', readOn: '2026-09-01' };
const PRICES: readonly ApiPrice[] = [
  { model: 'big-1', input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15, source },
  { model: 'small', input: 1, output: 2, source },
];
const costOf = createCostOf(PRICES);

describe('what tokens would cost at API prices', () => {
  test('counts fresh, cached and written tokens at their own price', () => {
    const one = burn(NOW, {
      model: 'vendor/big-1-20260101',
      inputTokens: 1_000_000,
      cacheReadTokens: 600_000,
      cacheWriteTokens: 100_000,
      outputTokens: 10_000,
    });
    // 300,000 x 3 + 600,000 x 0.3 + 100,000 x 3.75 + 10,000 x 15
    expect(costOf([one], 0)).toEqual({ usdMicros: 1_605_000, complete: true, unpriced: [] });
  });

  test('takes the input price for cached tokens where no other is known', () => {
    expect(costOf([burn(NOW, { model: 'small', cacheReadTokens: 9_000, cacheWriteTokens: 500 })], 0)?.usdMicros).toBe(
      10_000,
    );
  });

  test('is unknown for a model without a price, never 0', () => {
    expect(costOf([burn(NOW, { model: 'big-1.5' })], 0)).toEqual({
      usdMicros: undefined,
      complete: false,
      unpriced: ['big-1.5'],
    });
  });

  test('is the part that is known where one of two models has a price', () => {
    const both = [burn(NOW, { model: 'strange' }), burn(NOW, { model: 'small' })];
    expect(costOf(both, 0)).toEqual({ usdMicros: 10_000, complete: false, unpriced: ['strange'] });
  });

  test('is absent where there were no tokens', () => {
    expect(costOf([], 0)).toBeUndefined();
    expect(costOf([burn(NOW, { inputTokens: 0 })], 0)).toBeUndefined();
    expect(costOf([burn(NOW - MINUTE)], NOW)).toBeUndefined();
  });

  test('long prompts and peak hours cost what their price says, and only those', () => {
    const dear = createCostOf([
      { model: 'long', input: 1, output: 2, longer: { overTokens: 100_000, factor: 5 } },
      { model: 'peaky', input: 1, output: 2, peak: { hours: [[6, 10]], factor: 2 } },
    ]);
    const usd = (...burns: Parameters<typeof burn>[]) =>
      dear(
        burns.map((each) => burn(...each)),
        0,
      )?.usdMicros;
    expect(usd([NOW, { model: 'long', inputTokens: 100_000 }])).toBe(100_000);
    expect(usd([NOW, { model: 'long', inputTokens: 100_001 }])).toBe(500_005);
    // Two requests of 100,000 each in one minute are not long.
    expect(usd([NOW, { model: 'long', inputTokens: 200_000, requests: 2 }])).toBe(200_000);
    const [wednesday, saturday] = [Date.UTC(2026, 7, 12, 6), Date.UTC(2026, 7, 15, 6)];
    expect(usd([wednesday, { model: 'peaky' }])).toBe(20_000);
    expect(usd([wednesday - MINUTE, { model: 'peaky' }])).toBe(10_000);
    expect(usd([wednesday + 4 * 60 * MINUTE, { model: 'peaky' }])).toBe(10_000);
    expect(usd([saturday, { model: 'peaky' }])).toBe(10_000);
  });

  test("the user's own price goes first", () => {
    const own = createCostOf([{ model: 'SMALL', input: 7, output: 7 }, ...PRICES]);
    expect(own([burn(NOW, { model: 'small' })], 0)?.usdMicros).toBe(70_000);
  });

  test('does not depend on the order and the batches of burns', () => {
    const some = fc.record({
      model: fc.constantFrom('big-1', 'small', 'strange'),
      inputTokens: fc.integer({ min: 0, max: 1e7 }),
      cacheReadTokens: fc.integer({ min: 0, max: 1e7 }),
      outputTokens: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), (list) => {
        const burns = list.map((change) => burn(NOW, change));
        expect(costOf(burns.toReversed(), 0)).toEqual(costOf(burns, 0));
      }),
    );
  });

  test('a month begins on its first day in UTC', () => {
    expect(monthOf(Date.UTC(2026, 7, 31, 23, 59))).toBe(Date.UTC(2026, 7, 1));
    expect(monthOf(Date.UTC(2026, 8, 1))).toBe(Date.UTC(2026, 8, 1));
  });
});
