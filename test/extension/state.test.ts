import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createState } from '../../src/extension/state.ts';
import { snapshot } from './snapshots.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage() {
  const state = createState();
  const drawn: string[] = [];
  state.draw(({ state: now, snapshot: shown }) => drawn.push(`${now} ${shown?.exchanges ?? '-'}`));
  return { state, drawn };
}

test('a listener draws what is known as soon as it comes', () => {
  expect(stage().drawn).toEqual(['unknown -']);
});

test('a turn of the connection is drawn at once, many snapshots as one', () => {
  const { state, drawn } = stage();
  for (const exchanges of [1, 2, 3]) state.update({ state: 'live', snapshot: snapshot({ exchanges }) });
  expect(drawn).toEqual(['unknown -', 'live 1']);
  vi.advanceTimersByTime(200);
  expect(drawn).toEqual(['unknown -', 'live 1', 'live 3']);
});

test('ages and countdowns move without news', () => {
  const { drawn } = stage();
  vi.advanceTimersByTime(60_000);
  expect(drawn).toHaveLength(4);
});

test('nothing is drawn any more once it is disposed', () => {
  const { state, drawn } = stage();
  state.update({ state: 'live', snapshot: snapshot() });
  state.update({ state: 'live', snapshot: snapshot({ exchanges: 9 }) });
  state.dispose();
  vi.advanceTimersByTime(60_000);
  expect(drawn).toHaveLength(2);
});
