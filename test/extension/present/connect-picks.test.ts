import { expect, test } from 'vitest';
import { agents } from '../../../src/agents/list.ts';
import type { AgentState } from '../../../src/connect/inspect-agent.ts';
import type { ConnectPlan } from '../../../src/connect/plan-connection.ts';
import type { Option } from '../../../src/extension/connection-plans.ts';
import {
  presentAgentPicks,
  presentConfirmation,
  presentCosts,
  presentProviderPicks,
} from '../../../src/extension/present/connect-picks.ts';
import { presentObstacles } from '../../../src/extension/present/first-request.ts';
import { presentHints } from '../../../src/extension/present/hints-page.ts';
import { wrapWords } from '../../../src/extension/present/wrap-words.ts';
import { chinese, english } from '../voices.ts';

const claude = agents.find(({ id }) => id === 'claude-code')!;
const cline = agents.find(({ id }) => id === 'cline')!;
const state = (agentId: string, standing: AgentState['state']): AgentState => ({
  agentId,
  name: agentId,
  state: standing,
  file: standing === 'by-hand' ? undefined : `/home/sam/.${agentId}`,
  addresses: [],
  overrides: [],
  message: undefined,
});
const option = (over: Partial<Option> = {}, left: readonly string[] = []): Option => ({
  providerId: undefined,
  reaches: ['zai'],
  plan: { left } as ConnectPlan,
  ...over,
});
const proxy = { variables: ['HTTP_PROXY'], noProxy: '127.0.0.1,localhost' };
const none = { overrides: [], proxy: undefined };

test('agents found on this machine come first, those that were not come last', () => {
  const picks = presentAgentPicks(english, [state('a', 'absent'), state('b', 'by-hand'), state('c', 'direct')]);
  expect(picks.map(({ kind, label, value }) => (kind === 'separator' ? label : value))).toEqual([
    'Found on this machine',
    'c',
    'Connected by hand',
    'b',
    'Not found on this machine',
    'a',
  ]);
});

test('what an agent uses now is the first choice of provider', () => {
  const picks = presentProviderPicks(english, [option(), option({ providerId: 'kimi', reaches: ['kimi'] })]);
  expect(picks.map(({ label, description }) => [label, description])).toEqual([
    ['Z.AI', 'as it is now'],
    ['Kimi Code', 'with your key for it'],
  ]);
});

test('every cost of an agent is said in full, in lines that are not cut', () => {
  const picks = presentCosts(english, claude, option({}, ['Something stays as it is.']), none);
  const said = picks.map(({ label }) => label.replace(/^\$\(\w+\) /, '')).join(' ');
  for (const cost of claude.connection!.costs) expect(said).toContain(cost.en);
  expect(said).toContain('Something stays as it is.');
  expect(picks.filter(({ label }) => label.length > 90)).toEqual([]);
});

test('costs are said in Chinese, in lines that fit though the language has no blanks', () => {
  const picks = presentCosts(chinese, claude, option(), none);
  const said = picks.map(({ label }) => label.replace(/^\$\(\w+\) ?/, '')).join('');
  for (const cost of claude.connection!.costs) expect(said.replaceAll(' ', '')).toContain(cost.zh.replaceAll(' ', ''));
  expect(picks.filter(({ label }) => label.length > 90)).toEqual([]);
});

test('nothing is written without a further step, and leaving is always a choice', () => {
  const values = presentCosts(english, claude, option(), none).flatMap(({ value }) => value ?? []);
  expect(values).toEqual(['go', 'stop']);
});

test('where a proxy would take the traffic it is said, and written only where the agent’s file has a place for it', () => {
  const of = (agent: typeof claude) => presentCosts(english, agent, option(), { overrides: [], proxy });
  expect(of(claude).map(({ value }) => value)).toContain('go-no-proxy');
  expect(of(cline).map(({ value }) => value)).not.toContain('go-no-proxy');
  const said = of(cline)
    .map(({ label }) => label)
    .join(' ');
  expect(said).toContain('NO_PROXY=127.0.0.1,localhost');
});

test('the last word repeats the addresses, and no row but the first two can be taken', () => {
  const picks = presentConfirmation(english, '/f', [{ label: 'URL', before: null, after: 'http://127.0.0.1:7526/x' }]);
  expect(picks.flatMap(({ value }) => value ?? [])).toEqual(['go', 'stop']);
  expect(picks.map(({ label }) => label)).toContain('$(add) URL: http://127.0.0.1:7526/x');
  expect(picks.filter(({ label }) => label.startsWith('$(remove)'))).toEqual([]);
});

test('what may be in the way begins with the sessions that are open', () => {
  const lines = presentObstacles(english, claude, { overrides: ['/project/.claude/settings.json'], proxy });
  expect(lines[0]).toMatch(/^A session that was open before keeps the old address\. Sessions that are open/);
  expect(lines[1]).toContain('/project/.claude/settings.json');
  expect(lines[2]).toContain('NO_PROXY=');
});

test('a page of steps shows indented lines as they are to be copied', () => {
  expect(presentHints(english, 'Connect', 'By hand.', ['Enter:', '  http://127.0.0.1:7526/x'])).toBe(
    '# Connect\n\nBy hand\\.\n\n- Enter\\:\n\n  `http://127.0.0.1:7526/x`\n\n',
  );
});

test('words are wrapped at blanks, Chinese between characters, and none is lost', () => {
  const text = 'With any base URL but the official one Claude Code hides its own plan meter.';
  const lines = wrapWords(text, 30);
  expect(lines.every((line) => line.length <= 30)).toBe(true);
  expect(lines.join(' ')).toBe(text);
  expect(wrapWords('使用非官方地址时', 8)).toEqual(['使用非官', '方地址时']);
  expect(wrapWords('', 8)).toEqual([]);
});
