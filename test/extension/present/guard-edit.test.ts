import { expect, test } from 'vitest';
import { changeGuard, changeGuards } from '../../../src/extension/present/guard-edit.ts';

test('a pause near the limit is set and taken away, and nothing is left of an empty guard', () => {
  const set = changeGuard(undefined, { kind: 'pause', percent: 90 });
  expect(set).toEqual({ pauseAtPercent: 90 });
  expect(changeGuard(set, { kind: 'pause', percent: undefined })).toBeUndefined();
});

test('peak hours are held or let through, and the rest of the guard stays', () => {
  const set = changeGuard({ pauseAtPercent: 90 }, { kind: 'peak', on: true });
  expect(set).toEqual({ pauseAtPercent: 90, offPeakOnly: true });
  expect(changeGuard(set, { kind: 'peak', on: false })).toEqual({ pauseAtPercent: 90 });
});

test('a budget has two lines of its own; other windows and lines in units stay', () => {
  const guard = {
    budgets: [
      { window: 'week', hard: { units: 500 } },
      { window: 'five-hour', soft: { percent: 50 } },
    ],
  };
  const set = changeGuard(guard, { kind: 'budget', window: 'five-hour', line: 'hard', percent: 80 });
  expect(set?.budgets).toEqual([
    { window: 'week', hard: { units: 500 } },
    { window: 'five-hour', soft: { percent: 50 }, hard: { percent: 80 } },
  ]);
  const soft = changeGuard(set, { kind: 'budget', window: 'five-hour', line: 'soft', percent: undefined });
  expect(changeGuard(soft, { kind: 'budget', window: 'five-hour', line: 'hard', percent: undefined })).toEqual({
    budgets: [{ window: 'week', hard: { units: 500 } }],
  });
});

test('taking all guards of a provider away leaves those of others', () => {
  const guards = { zai: { pauseAtPercent: 90 }, kimi: { offPeakOnly: true } };
  expect(changeGuards(guards, 'zai', { kind: 'none' })).toEqual({ kimi: { offPeakOnly: true } });
});
