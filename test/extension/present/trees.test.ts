import { expect, test } from 'vitest';
import { presentActivity } from '../../../src/extension/present/activity-nodes.ts';
import { presentPlans } from '../../../src/extension/present/plan-nodes.ts';
import type { TreeNode } from '../../../src/extension/present/tree-node.ts';
import type { ExchangeView } from '../../../src/core/snapshot.ts';
import { account, exchange, HOUR, MINUTE, NOW, quotaWindow, snapshot, week } from '../snapshots.ts';
import { english } from '../voices.ts';

const rows = (nodes: readonly TreeNode[]) => nodes.map(({ label, description }) => [label, description]);
const all = (nodes: readonly TreeNode[]): TreeNode[] => nodes.flatMap((node) => [node, ...all(node.children ?? [])]);

test('a plan shows its tightest window, and below it each window with its reset', () => {
  const [plan] = presentPlans(english, snapshot(), NOW);
  expect([plan?.label, plan?.description]).toEqual(['GLM Coding Plan Pro', '62%']);
  expect(rows(plan?.children ?? [])).toEqual([
    ['5 hours', '62% · resets 14:05'],
    ['Week', '23% · resets Thu 09:12'],
  ]);
});

test('unknown, stale and reset windows say what they are and look faint', () => {
  const windows = [
    quotaWindow({
      id: 'a',
      windowMs: HOUR,
      usedFraction: undefined,
      used: undefined,
      level: 'unknown',
      resetsAt: undefined,
    }),
    quotaWindow({ id: 'b', windowMs: 2 * HOUR, seenAt: NOW - 15 * MINUTE, resetsAt: undefined }),
    week({ resetsAt: NOW - MINUTE }),
  ];
  const [plan] = presentPlans(english, snapshot({ accounts: [account({ windows })] }), NOW);
  expect(rows(plan?.children ?? [])).toEqual([
    ['1 h 0 m', 'unknown'],
    ['2 h 0 m', '62% (15 min ago)'],
    ['Week', 'not read since its reset'],
  ]);
  expect(plan?.children?.map(({ icon }) => icon)).toEqual([
    { id: 'question', color: 'disabledForeground' },
    { id: 'clock', color: 'disabledForeground' },
    { id: 'refresh', color: 'disabledForeground' },
  ]);
});

test('levels differ in shape, not only in colour', () => {
  const icons = (['ok', 'watch', 'low', 'exhausted', 'unknown'] as const).map(
    (level) =>
      presentPlans(english, snapshot({ accounts: [account({ windows: [quotaWindow({ level })] })] }), NOW)[0]?.icon?.id,
  );
  expect(new Set(icons).size).toBe(5);
});

test('two accounts of one plan are told apart', () => {
  const nodes = presentPlans(
    english,
    snapshot({ accounts: [account({ accountKey: 'aaaa11' }), account({ accountKey: 'bbbb22' })] }),
    NOW,
  );
  expect(nodes.map(({ label }) => label)).toEqual(['GLM Coding Plan Pro (key aaaa)', 'GLM Coding Plan Pro (key bbbb)']);
});

test('an account whose plan nobody named shows its provider', () => {
  const [node] = presentPlans(
    english,
    snapshot({ accounts: [account({ planId: undefined, planName: undefined, windows: [] })] }),
    NOW,
  );
  expect([node?.label, node?.description]).toEqual(['Z.AI', 'unknown · plan not known']);
});

test.each<[string, Partial<ExchangeView>, string]>([
  ['an answer with its tokens', {}, '12.3K in · 456 out · 1m ago'],
  [
    'a refusal with the provider’s code',
    { status: 429, usage: undefined, error: { code: '1302', type: undefined, message: 'Rate limit', inStream: false } },
    '429 · 1302 · 1m ago',
  ],
  [
    'a cut stream as a lower bound',
    { outcome: 'upstream-failed', usage: { ...exchange().usage!, exactness: 'partial' } },
    'cut off · 12.3K in · ≥ 456 out · 1m ago',
  ],
  [
    'a provider that did not answer',
    { outcome: 'upstream-failed', status: undefined, usage: undefined },
    'no answer · 1m ago',
  ],
  ['what the agent cancelled', { outcome: 'aborted', usage: undefined }, 'cancelled by the agent · 1m ago'],
])('the list of requests shows %s', (_name, over, description) => {
  const recent = presentActivity(english, snapshot({ recent: [exchange(over)] }), NOW).find(
    ({ id }) => id === 'recent',
  );
  expect(rows(recent?.children ?? [])).toEqual([['glm-4.7', description]]);
});

test('activity shows notices, the relay and requests, in this order', () => {
  const notices = [
    { code: 'ledger-off', severity: 'warning', text: 'The ledger cannot be written.', at: NOW },
  ] as const;
  const nodes = presentActivity(english, snapshot({ notices }), NOW);
  expect(rows(nodes)).toEqual([
    ['The ledger cannot be written.', undefined],
    ['Relay 0.1.0', 'port 7526 · up 2h 0m'],
    ['Latest requests', '42 so far'],
  ]);
});

test('empty trees stay empty so that the welcome text shows', () => {
  expect(presentPlans(english, undefined, NOW)).toEqual([]);
  expect(presentActivity(english, undefined, NOW)).toEqual([]);
  expect(presentActivity(english, snapshot({ agents: [], recent: [] }), NOW)).toEqual([]);
});

test('every row has its own id and a sentence for the ear', () => {
  const notices = [{ code: 'x', severity: 'error', text: 'x', at: NOW }] as const;
  const shown = snapshot({
    notices,
    accounts: [account(), account({ accountKey: 'b2' })],
    recent: [exchange(), exchange({ id: '2' })],
  });
  for (const nodes of [all(presentPlans(english, shown, NOW)), all(presentActivity(english, shown, NOW))]) {
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    expect(nodes.filter(({ spoken }) => spoken.trim() === '')).toEqual([]);
  }
});
