import { expect, test } from 'vitest';
import { presentViolations } from '../../../src/extension/present/violation-nodes.ts';
import type { TreeNode } from '../../../src/extension/present/tree-node.ts';
import type { PolicyPack } from '../../../src/core/policy-pack.ts';
import { zai } from '../../../src/policies/zai.ts';
import { flag } from '../flags.ts';
import { account, NOW, snapshot } from '../snapshots.ts';
import { chinese, english } from '../voices.ts';

const all = (nodes: readonly TreeNode[]): TreeNode[] => nodes.flatMap((node) => [node, ...all(node.children ?? [])]);

test('flags stand under their rule, which says whose terms it is and when they were read', () => {
  const flags = [
    flag(),
    flag({ id: 'b', ruleId: 'tool-scope', because: 'aider is not on the list', severity: 'info' }),
  ];
  const rows = presentViolations(english, snapshot({ flags }), NOW);
  expect(rows.map(({ label, description }) => [label, description])).toEqual([
    ['Task scope', '1 · Z.AI terms 7 Sept 2026'],
    ['Tool scope', '1 · Z.AI terms 7 Sept 2026'],
  ]);
  expect(rows[0]?.subject).toBe('zai/task-scope');
  expect(rows[1]?.children?.[0]?.label).toBe('aider is not on the list');
});

test('a row says what it was about, how sure, who asked, when and what became of it', () => {
  const [row] = presentViolations(english, snapshot({ flags: [flag()] }), NOW)[0]!.children!;
  expect(row?.label).toBe('travel planning 97%');
  expect(row?.description).toMatch(/^openclaw · \d\d:\d\d · let through$/);
  const blocked = presentViolations(english, snapshot({ flags: [flag({ acted: 'blocked' })] }), NOW)[0]!.children![0];
  expect(blocked?.description).toContain('stopped by Planward');
});

test('only a flag about the task can be called coding', () => {
  const flags = [flag(), flag({ id: 'b', ruleId: 'tool-scope' })];
  const contexts = presentViolations(english, snapshot({ flags }), NOW).map(({ children }) => children?.[0]?.context);
  expect(contexts).toEqual(['flag.task', 'flag']);
});

test('words of the prompt bring no markup into a tooltip, and the rule is quoted with its page', () => {
  const evidence = [{ feature: '[x](command:y) $(z)', weight: 1, where: 'text' as const }];
  const [row] = presentViolations(english, snapshot({ flags: [flag({ evidence })] }), NOW)[0]!.children!;
  expect(row?.tooltip).not.toContain('](command:');
  expect(row?.tooltip).not.toContain('$(z)');
  expect(row?.tooltip).toMatch(/\[Source\]\(https:\/\/docs\.z\.ai\/[^)]+\)/);
  expect(row?.tooltip).toContain('To object: ');
  expect(row?.tooltip).toContain('not a verdict by the provider');
});

test('a rule that is not known here keeps its own name', () => {
  const [row] = presentViolations(english, snapshot({ flags: [flag({ packId: 'mine', ruleId: 'house-rule' })] }), NOW);
  expect([row?.label, row?.description]).toEqual(['house-rule', '1 · mine terms 7 Sept 2026']);
});

test('strikes are told where there are any, with the number of the terms and that nobody publishes a counter', () => {
  const strikes = {
    confirmed: 1,
    moreThan: 3,
    note: undefined,
    refusals: 4,
    lastAt: NOW,
    lastCode: '1313',
    ownFlags: 2,
  };
  const rows = presentViolations(english, snapshot({ accounts: [account({ strikes })] }), NOW);
  expect(rows[0]?.description).toBe('provider-confirmed 1 · own flags 2 · GLM Coding Plan Pro');
  expect(rows[0]?.spoken).toContain('the terms say more than 3');
  expect(rows[0]?.spoken).toContain('publishes no counter');
  const none = { ...strikes, confirmed: 0, ownFlags: 'not-judged' as const };
  expect(presentViolations(english, snapshot({ accounts: [account({ strikes: none })] }), NOW)).toEqual([]);
});

test('nothing is shown without flags or without a relay', () => {
  expect(presentViolations(english, snapshot(), NOW)).toEqual([]);
  expect(presentViolations(english, undefined, NOW)).toEqual([]);
});

test('every row has an id of its own and speaks the user’s language', () => {
  const rows = all(presentViolations(chinese, snapshot({ flags: [flag(), flag({ id: 'b' })] }), NOW));
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  expect(rows[1]?.label).toBe('旅行规划 97%');
});

test('flags stand by agent or by day where the user wants that, and then say which rule they touch', () => {
  const flags = [flag(), flag({ id: 'b', agentId: 'cline' }), flag({ id: 'c', at: NOW - 86_400_000 })];
  const byAgent = presentViolations(english, snapshot({ flags }), NOW, 'agent');
  expect(byAgent.map(({ label, description }) => [label, description])).toEqual([
    ['openclaw', '2'],
    ['cline', '1'],
  ]);
  expect(byAgent[0]?.children?.[0]?.description).toMatch(/^Task scope · \d\d:\d\d · let through$/);
  const byDay = presentViolations(english, snapshot({ flags }), NOW, 'day');
  expect(byDay.map(({ children }) => children?.length)).toEqual([2, 1]);
  expect(byDay[0]?.children?.[0]?.description).toContain('openclaw · Task scope · ');
  expect(byDay[0]?.context).toBe('group.day');
});

test('a rule of the user’s own pack is named, quoted and explained like the others', () => {
  const mine: PolicyPack = {
    ...zai,
    id: 'mine',
    vendor: 'House',
    rules: [{ ...zai.rules[0]!, id: 'house-rule', title: 'Our own' }],
  };
  const shown = snapshot({ flags: [flag({ packId: 'mine', ruleId: 'house-rule' })], userPacks: [mine] });
  const [row] = presentViolations(english, shown, NOW);
  expect([row?.label, row?.description]).toEqual(['Our own', '1 · House terms 7 Sept 2026']);
  expect(row?.children?.[0]?.context).toBe('flag.task');
});

test('a row and its tooltip say how severe a flag is, and rules are told in the user’s language', () => {
  const [row] = presentViolations(english, snapshot({ flags: [flag({ severity: 'serious' })] }), NOW)[0]!.children!;
  expect(row?.tooltip).toContain('serious · openclaw');
  expect(row?.spoken).toMatch(/^serious, travel planning/);
  const [rule] = presentViolations(chinese, snapshot({ flags: [flag()] }), NOW);
  expect(rule?.label).toBe('任务范围');
  expect(rule?.tooltip).toContain('套餐用于编程');
});
