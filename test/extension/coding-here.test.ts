import type { Memento } from 'vscode';
import { expect, test } from 'vitest';
import { openCodingHere } from '../../src/extension/coding-here.ts';

function memory(): Memento & { readonly kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    keys: () => [...kept.keys()],
    get: (key: string, fallback?: unknown) => kept.get(key) ?? fallback,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as Memento & { readonly kept: Map<string, unknown> };
}

const PROMPT = 'Plan a trip to Lisbon with a hotel';

test('what was called coding is recalled by the next window, and forgotten when asked', async () => {
  const store = memory();
  await openCodingHere(store).teach(PROMPT, 1);
  const next = openCodingHere(store);
  expect(next.taught().likeness(PROMPT)).toBe(1);
  expect(next.dismissed().likeness(PROMPT)).toBe(0);
  await next.forget(next.list().map(({ id }) => id));
  expect(next.taught().likeness(PROMPT)).toBe(0);
});

test('nothing readable is kept', async () => {
  const store = memory();
  await openCodingHere(store).dismiss(PROMPT, 1);
  expect(JSON.stringify([...store.kept])).not.toMatch(/Lisbon|hotel|trip/i);
});

test('the newest is listed first', async () => {
  const here = openCodingHere(memory());
  await here.teach(PROMPT, 1);
  await here.dismiss('another one', 2);
  expect(here.list().map(({ kind, at }) => [kind, at])).toEqual([
    ['dismissed', 2],
    ['coding', 1],
  ]);
});
