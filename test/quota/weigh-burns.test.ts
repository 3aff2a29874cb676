import { describe, expect, test } from 'vitest';
import { createWeigher, creditsOf } from '../../src/quota/weigh-burns.ts';
import { findProvider } from '../../src/providers/list.ts';
import { burn, CREDITS, NOW, PROMPTS } from './burns.ts';

const PEAK_AT = Date.UTC(2026, 7, 12, 7);

describe('credits', () => {
  const used = burn(NOW, {
    inputTokens: 30_000,
    cacheReadTokens: 20_000,
    cacheWriteTokens: 5_000,
    outputTokens: 1_000,
  });

  test('fresh, cached and output tokens have their own rates, and a cache write counts as fresh', () => {
    expect(creditsOf(used, CREDITS, PEAK_AT)).toBeCloseTo(1 * 8 + 2 * 2 + 0.1 * 20, 10);
  });

  test('off-peak they cost the off-peak factor', () => {
    expect(creditsOf(used, CREDITS, NOW)).toBeCloseTo(7, 10);
  });

  test('the longest model prefix counts, whatever its case', () => {
    expect(creditsOf(burn(NOW, { model: 'BIG-2-turbo' }), CREDITS, PEAK_AT)).toBe(16);
    expect(creditsOf(burn(NOW, { model: 'big' }), CREDITS, PEAK_AT)).toBe(8);
  });

  test('a rate holds from its first day until the day that ends it', () => {
    const old = burn(NOW, { model: 'big-2' });
    expect(creditsOf(old, CREDITS, Date.UTC(2026, 6, 31, 7))).toBe(80);
    expect(creditsOf(old, CREDITS, Date.UTC(2026, 7, 3, 7))).toBe(16);
  });

  test('a model without a rate costs nobody knows what', () => {
    expect(creditsOf(burn(NOW, { model: 'small' }), CREDITS, NOW)).toBeUndefined();
    expect(creditsOf(burn(NOW), PROMPTS, NOW)).toBeUndefined();
  });

  test("the GLM plan's published figures come out: a million in, nine tenths cached, ten thousand out", () => {
    const pro = findProvider('zai')!.plans.find(({ id }) => id === 'glm-pro')!;
    const day = burn(NOW, { model: 'glm-5.3', inputTokens: 1_000_000, cacheReadTokens: 900_000, outputTokens: 10_000 });
    expect(creditsOf(day, pro, PEAK_AT)).toBeCloseTo(10 * 6.9 + 90 * 1.7 + 24, 8);
    expect(creditsOf(day, pro, NOW)).toBeCloseTo((10 * 6.9 + 90 * 1.7 + 24) / 2, 8);
    expect(creditsOf({ ...day, model: 'glm-5.3-flash' }, pro, PEAK_AT)).toBeCloseTo(10 * 2.3 + 90 * 0.56 + 8, 8);
  });
});

describe('a sum of burns', () => {
  const weigh = createWeigher(CREDITS);

  test('starts with the burns of its first instant', () => {
    expect(weigh('requests', [burn(NOW - 1), burn(NOW), burn(NOW + 1)], NOW)).toBe(2);
  });

  test('is the same to the last digit in any order', () => {
    // Added one by one, these give 0.0604 one way and 0.06040000000000001 the other.
    const burns = [
      burn(NOW, { inputTokens: 15 }),
      burn(NOW, { inputTokens: 29, model: 'big-2' }),
      burn(PEAK_AT, { inputTokens: 39 }),
    ];
    expect(weigh('credits', burns.toReversed(), 0)).toBe(weigh('credits', burns, 0));
  });

  test('counts input and output as tokens', () => {
    expect(weigh('tokens', [burn(NOW, { outputTokens: 5, cacheReadTokens: 3 })], 0)).toBe(10_005);
  });

  test('leaves out what has no rate, and is unknown where nothing has one', () => {
    expect(weigh('credits', [burn(NOW), burn(NOW, { model: 'small' })], 0)).toBe(4);
    expect(weigh('credits', [burn(NOW, { model: 'small' })], 0)).toBeUndefined();
    expect(weigh('credits', [], 0)).toBe(0);
  });

  test('shares and money cannot be counted from traffic', () => {
    expect(weigh('share', [burn(NOW)], 0)).toBeUndefined();
    expect(weigh('usd-micros', [burn(NOW)], 0)).toBeUndefined();
    expect(weigh('prompts', [burn(NOW)], 0)).toBeUndefined();
  });

  test('prompts are calls by the rule, times the model and the hour', () => {
    const prompts = createWeigher(PROMPTS);
    expect(prompts('prompts', [burn(PEAK_AT, { requests: 10 })], 0)).toBeCloseTo(3, 10);
    expect(prompts('prompts', [burn(NOW, { requests: 10 })], 0)).toBeCloseTo(2, 10);
    expect(prompts('prompts', [burn(NOW, { requests: 10, model: 'small' })], 0)).toBeCloseTo(1, 10);
  });
});
