import { expect, test } from 'vitest';
import { statusText } from '../../src/tools/plan-status.ts';
import { NOW, account, quotaWindow, snapshot } from '../extension/snapshots.ts';

test('plan figures are said with their reset and their end; what is not known is said to be unknown', () => {
  const known = quotaWindow({ id: 'five-hour', usedFraction: 0.62, resetsAt: NOW + 88 * 60_000, level: 'low' });
  const unknown = quotaWindow({ id: 'week', usedFraction: undefined, resetsAt: undefined, level: 'unknown' });
  const text = statusText(snapshot({ accounts: [account({ windows: [known, unknown] })] }), NOW);
  expect(text).toContain('five-hour: 62% used');
  expect(text).toContain('(in 1 h 28 min)');
  expect(text).toContain('level: low');
  expect(text).toContain('week: used share not known');
  expect(text).not.toContain('week: 0%');
});

test('with nothing seen it says so', () => {
  expect(statusText(snapshot({ accounts: [] }), NOW)).toContain('No plan was seen yet');
});
