import { expect, test } from 'vitest';
import { emptyCount, takeCount, usageOf } from '../../../src/providers/dialects/usage-count.ts';

test('a figure no answer can have counts as not told, and keeps the one told before', () => {
  const count = emptyCount();
  takeCount(count, { ...emptyCount(), inputTokens: 12, outputTokens: 1e21 });
  takeCount(count, { ...emptyCount(), inputTokens: 9e15 });
  expect(usageOf(count, true)).toMatchObject({ inputTokens: 12, outputTokens: 0, exactness: 'partial' });
});
