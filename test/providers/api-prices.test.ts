import { expect, test } from 'vitest';
import { modelStem } from '../../src/core/model-name.ts';
import { apiPrices } from '../../src/providers/api-prices.ts';

test('every price has a source, the day it was read, and what is doubtful about it', () => {
  for (const { model, source } of apiPrices) {
    expect(source.url, model).toMatch(/^https:\/\//);
    expect(source.readOn, model).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(source.doubt?.length ?? 0, model).toBeGreaterThan(20);
  }
});

test('every model is priced once, in lower case', () => {
  const stems = apiPrices.map(({ model }) => modelStem(model));
  expect(new Set(stems).size).toBe(apiPrices.length);
  for (const { model } of apiPrices) expect(model).toBe(model.toLowerCase());
});

test('a cached token never costs more than a fresh one, nor a fresh one more than an answered one', () => {
  for (const { model, input, cachedInput, cacheWrite, output } of apiPrices) {
    expect(input, model).toBeGreaterThan(0);
    expect(cachedInput ?? input, model).toBeLessThan(input);
    expect(cacheWrite ?? input, model).toBeGreaterThanOrEqual(input);
    expect(output, model).toBeGreaterThan(input);
  }
});
