import { expect, test } from 'vitest';
import { createReroutings } from '../../src/relay/reroutings.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 12, 30);

test('requests that another model served are counted by pair, most frequent first', () => {
  const seen = createReroutings();
  seen.add('glm-5', 'glm-5.3', NOW - HOUR, 3);
  seen.add('glm-5', 'glm-5.3', NOW, 2);
  seen.add('claude-opus-5', 'glm-5.3', NOW - 2 * HOUR, 9);
  expect(seen.list(NOW)).toEqual([
    { requested: 'claude-opus-5', served: 'glm-5.3', count: 9, lastAt: NOW - 2 * HOUR },
    { requested: 'glm-5', served: 'glm-5.3', count: 5, lastAt: NOW },
  ]);
});

test('the same model under a dated name is none, nor one that is not known', () => {
  const seen = createReroutings();
  seen.add('claude-sonnet-4-5', 'claude-sonnet-4-5-20250929', NOW);
  seen.add('glm-5', undefined, NOW);
  seen.add(undefined, 'glm-5', NOW);
  expect(seen.list(NOW)).toEqual([]);
});

test('what is older than 24 hours is forgotten', () => {
  const seen = createReroutings();
  seen.add('glm-5', 'glm-5.3', NOW - 26 * HOUR, 4);
  seen.add('glm-5', 'glm-5.3', NOW - 20 * HOUR);
  expect(seen.list(NOW)).toMatchObject([{ count: 1 }]);
  expect(seen.list(NOW + 6 * HOUR)).toEqual([]);
});
