import { expect, test } from 'vitest';
import { presentPinPicks, readPins } from '../../../src/extension/present/pin-picks.ts';
import { NOW, snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

test('every window of every plan can be pinned, and what is pinned is ticked', () => {
  const rows = presentPinPicks(english, snapshot(), ['week'], NOW);
  expect(rows.map(({ label, description, picked, pin }) => [label, description, picked, pin])).toEqual([
    ['GLM Coding Plan Pro: 5 hours', '62%', false, 'zai/five-hour'],
    ['GLM Coding Plan Pro: Week', '23%', true, 'zai/week'],
  ]);
});

test('a choice keeps the pins of plans that are not there now', () => {
  const rows = presentPinPicks(english, snapshot(), ['week', 'kimi/month'], NOW);
  expect(readPins(['week', 'kimi/month'], rows, [rows[0]!])).toEqual(['kimi/month', 'zai/five-hour']);
  expect(readPins(['week', 'kimi/month'], rows, [])).toEqual(['kimi/month']);
});
