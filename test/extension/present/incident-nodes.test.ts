import { expect, test } from 'vitest';
import { presentIncidents } from '../../../src/extension/present/incident-nodes.ts';
import type { TreeNode } from '../../../src/extension/present/tree-node.ts';
import { COMMANDS } from '../../../src/extension/registry/commands.ts';
import { incident } from '../incidents.ts';
import { NOW, snapshot } from '../snapshots.ts';
import { chinese, english } from '../voices.ts';

const all = (nodes: readonly TreeNode[]): TreeNode[] => nodes.flatMap((node) => [node, ...all(node.children ?? [])]);

test('an incident says code, time and how many refusals, and offers to slow down', () => {
  const [row] = presentIncidents(english, snapshot({ incidents: [incident()] }), NOW);
  expect(row?.label).toMatch(/^1302 · \S/);
  expect(row?.description).toBe('12:36 · 9 refusals, 1 turn');
  expect(row?.context).toBe('incident.slow');
  const slow = row?.children?.find(({ run }) => run === 'planward.slowDown');
  expect([slow?.label, slow?.subject]).toEqual(['Slow down', 'zai']);
});

test('causes come first with the word for how sure, the time line last and folded', () => {
  const [row] = presentIncidents(english, snapshot({ incidents: [incident()] }), NOW);
  const contexts = row?.children?.map(({ context }) => context) ?? [];
  expect(contexts[0]).toBe('cause');
  expect(contexts.at(-1)).toBe('timeline');
  expect(row?.children?.[0]?.label).toMatch(/^(stated by the provider|likely|possible|less likely)$/);
  const timeline = row?.children?.at(-1);
  expect(timeline?.folded).toBe(true);
  expect(timeline?.children?.map(({ label, description }) => [label, description])).toEqual([
    ['12:36:00', 'refused, 429'],
    ['12:36:40', 'went through, 200'],
  ]);
});

test('who was refused stands there with the version it named, and without one where it named none', () => {
  const told = incident({ products: ['claude-cli/2.1.330', 'claude-cli/2.1.331'] });
  const rows = presentIncidents(english, snapshot({ incidents: [told, incident({ id: 'older' })] }), NOW);
  const who = rows.map(({ children }) => children?.find(({ context }) => context === 'who'));
  expect(who.map((row) => [row?.label, row?.description])).toEqual([
    ['Claude Code (claude-cli/2.1.330, claude-cli/2.1.331)', '→ Z.AI · glm-4.7'],
    ['Claude Code', '→ Z.AI · glm-4.7'],
  ]);
  const hostile = incident({ products: ['[x](command:evil)/1'] });
  const [row] = presentIncidents(english, snapshot({ incidents: [hostile] }), NOW);
  expect(row?.tooltip).not.toContain('](command:evil)');
});

test('an incident that got through says so and has another shape', () => {
  const open = presentIncidents(english, snapshot({ incidents: [incident()] }), NOW)[0];
  const over = presentIncidents(english, snapshot({ incidents: [incident({ recoveredAt: NOW })] }), NOW)[0];
  expect(over?.description).toContain('went through then');
  expect(over?.icon?.id).not.toBe(open?.icon?.id);
});

test('only the newest incident is unfolded', () => {
  const rows = presentIncidents(english, snapshot({ incidents: [incident(), incident({ id: 'older' })] }), NOW);
  expect(rows.map(({ folded }) => folded)).toEqual([false, true]);
});

test('every row has its own id, a sentence, and runs only commands that exist', () => {
  const rows = all(presentIncidents(english, snapshot({ incidents: [incident(), incident({ id: 'older' })] }), NOW));
  const ids: readonly string[] = COMMANDS.map(({ id }) => id);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  expect(rows.filter(({ spoken }) => spoken.trim() === '')).toEqual([]);
  expect(rows.flatMap(({ run }) => run ?? []).filter((run) => !ids.includes(run))).toEqual([]);
});

test('a Chinese user reads the incident in Chinese', () => {
  const [row] = presentIncidents(chinese, snapshot({ incidents: [incident()] }), NOW);
  expect(row?.label).toMatch(/\p{Script=Han}/u);
  expect(row?.children?.[0]?.description).toMatch(/\p{Script=Han}/u);
});

test('without a relay or an incident the view is empty', () => {
  expect(presentIncidents(english, undefined, NOW)).toEqual([]);
  expect(presentIncidents(english, snapshot(), NOW)).toEqual([]);
});
