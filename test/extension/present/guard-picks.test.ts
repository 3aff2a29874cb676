import { expect, test } from 'vitest';
import { presentGuard, presentGuardProviders, readShare } from '../../../src/extension/present/guard-picks.ts';
import { account, quotaWindow, snapshot, week } from '../snapshots.ts';
import { english } from '../voices.ts';

test.each([
  ['85', 85],
  [' 85 % ', 85],
  ['100', 100],
  ['0', undefined],
  ['101', undefined],
  ['half', undefined],
])('the share "%s" is read as %s', (typed, percent) => {
  expect(readShare(typed)).toBe(percent);
});

test('providers in use are offered, and those that have a guard though nothing was sent to them yet', () => {
  const rows = presentGuardProviders(english, snapshot({ accounts: [account()] }), { kimi: { pauseAtPercent: 90 } });
  expect(rows.map(({ providerId, description }) => [providerId, description])).toEqual([
    ['zai', 'off'],
    ['kimi', 'pause at 90%'],
  ]);
});

test('each window has a soft and a hard budget, with how they stand', () => {
  const guard = { budgets: [{ window: 'five-hour', hard: { percent: 80 } }] };
  const rows = presentGuard(english, guard, [quotaWindow(), week()], false);
  expect(rows.map(({ label, description }) => [label, description])).toEqual([
    ['Pause near the limit', 'off'],
    ['5 hours: soft budget', 'off'],
    ['5 hours: hard budget', '80%'],
    ['Week: soft budget', 'off'],
    ['Week: hard budget', 'off'],
    ['Take all guards away', ''],
  ]);
  expect(rows[2]!.ask?.(70)).toEqual({ kind: 'budget', window: 'five-hour', line: 'hard', percent: 70 });
});

test('peak hours are offered only where the plan has some, or where a guard for them is to be taken away', () => {
  const labels = (guard: object | undefined, hasPeak: boolean) =>
    presentGuard(english, guard, [], hasPeak).map(({ label }) => label);
  expect(labels(undefined, false)).not.toContain('Hold requests in peak hours');
  expect(labels(undefined, true)).toContain('Hold requests in peak hours');
  expect(labels({ offPeakOnly: true }, false)).toContain('Hold requests in peak hours');
});
