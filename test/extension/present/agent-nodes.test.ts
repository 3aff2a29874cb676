import { expect, test } from 'vitest';
import type { AgentState } from '../../../src/connect/inspect-agent.ts';
import { presentAgents } from '../../../src/extension/present/agent-nodes.ts';
import { ROW_COMMANDS } from '../../../src/extension/registry/commands.ts';
import { agent, NOW, snapshot } from '../snapshots.ts';
import { english } from '../voices.ts';

const endpoint = {
  pid: 4711,
  port: 7526,
  token: 't'.repeat(40),
  version: '0.1.0',
  protocol: '1.0',
  startedAt: NOW,
} as const;

const found = (over: Partial<AgentState> = {}): AgentState => ({
  agentId: 'claude-code',
  name: 'Claude Code',
  state: 'connected',
  file: '/home/sam/.claude/settings.json',
  addresses: [
    {
      label: 'ANTHROPIC_BASE_URL',
      url: 'http://127.0.0.1:7526/@claude-code/zai/api/anthropic',
      leads: 'relay',
      providerId: 'zai',
      port: 7526,
    },
  ],
  overrides: [],
  message: undefined,
  ...over,
});
const direct: Partial<AgentState> = {
  state: 'direct',
  addresses: [
    {
      label: 'ANTHROPIC_BASE_URL',
      url: 'https://api.z.ai/api/anthropic',
      leads: 'direct',
      providerId: 'zai',
      port: undefined,
    },
  ],
};
const rows = (over: Parameters<typeof snapshot>[0], states: readonly AgentState[] = []) =>
  presentAgents(english, { state: 'live', snapshot: snapshot(over), endpoint }, states, NOW);

test.each<[string, Parameters<typeof snapshot>[0], readonly AgentState[], string, string]>([
  ['sends now', {}, [], '→ Z.AI · 1 in flight', 'agent.observing'],
  ['sent a moment ago', { agents: [agent({ inFlight: 0 })] }, [], '→ Z.AI · observing, now', 'agent.observing'],
  ['waits for a word', { agents: [agent({ held: 1 })] }, [], '→ Z.AI · 1 held', 'agent.observing'],
  [
    'is paused with requests held',
    { agents: [agent({ paused: true, held: 2 })] },
    [found()],
    '→ Z.AI · paused, 2 held',
    'agent.paused-routed',
  ],
  ['waits', { agents: [] }, [found()], '→ Z.AI · waiting', 'agent.waiting-routed'],
  [
    'is pointed at another port',
    { agents: [] },
    [found({ addresses: found().addresses.map((address) => ({ ...address, port: 7999 })) })],
    '→ Z.AI · relay not reached',
    'agent.lost-routed',
  ],
  ['is direct', { agents: [] }, [found(direct)], '→ Z.AI · direct', 'agent.direct'],
  [
    'cannot be read',
    { agents: [] },
    [found({ state: 'unreadable', addresses: [], message: 'It is broken.' })],
    'its settings file cannot be read',
    'agent.unreadable',
  ],
])('an agent that %s says so', (_name, over, states, description, context) => {
  const [row] = rows(over, states);
  expect([row?.label, row?.description, row?.context]).toEqual(['Claude Code', description, context]);
  expect(row?.spoken).toContain('Claude Code');
  expect(row?.subject).toBe('claude-code');
});

test('without a relay a connected agent is lost, and nothing is said to be observed', () => {
  const nodes = presentAgents(english, { state: 'lost', reason: 'off', snapshot: snapshot() }, [found()], NOW);
  expect(nodes.map(({ description }) => description)).toEqual(['→ Z.AI · relay not reached']);
  expect(nodes[0]?.spoken).toBe('Claude Code → relay → Z.AI, pointed at a relay that does not answer here');
});

test('an agent that was not found, or has no file, gets no row', () => {
  expect(rows({ agents: [] }, [found({ state: 'absent' }), found({ state: 'by-hand' })])).toEqual([]);
});

test('an agent that is not known yet gets no row before its first request is done', () => {
  expect(rows({ agents: [agent({ agentId: 'unknown', requests: 0, inFlight: 1 })] })).toEqual([]);
  expect(rows({ agents: [agent({ agentId: 'unknown', requests: 1 })] }).map(({ label }) => label)).toEqual([
    'Unrecognised agent',
  ]);
});

test('agents stand by name, whoever was busy last', () => {
  const agents = [
    agent({ agentId: 'openclaw', agentName: 'OpenClaw' }),
    agent({ agentId: 'cline', agentName: 'Cline' }),
  ];
  expect(rows({ agents }, [found(direct)]).map(({ label }) => label)).toEqual(['Claude Code', 'Cline', 'OpenClaw']);
});

test('a stopped key stands first and leads to lifting it', () => {
  const stopped = [{ providerId: 'zai', accountKey: 'a1', code: '1313', since: NOW - 60_000 }];
  const [row] = rows({ stopped });
  expect([row?.label, row?.description, row?.run, row?.subject]).toEqual([
    'All traffic to Z.AI is stopped',
    '1313, since 12:36',
    'planward.liftStop',
    'zai/a1',
  ]);
});

test('rows have the commands that fit their state', () => {
  const commandsOf = (context: string) =>
    ROW_COMMANDS.filter(
      ({ view, rows: pattern }) => view === 'planward.agents' && new RegExp(pattern).test(context),
    ).map(({ command }) => command);
  expect(commandsOf('agent.observing-routed')).toEqual([
    'planward.pauseAgent',
    'planward.disconnectAgent',
    'planward.openTranscript',
  ]);
  expect(commandsOf('agent.paused')).toEqual(['planward.resumeAgent', 'planward.openTranscript']);
  expect(commandsOf('agent.direct')).toEqual(['planward.connectAgent']);
  expect(commandsOf('agent.waiting-routed')).toEqual(['planward.disconnectAgent']);
  expect(commandsOf('agent.unknown')).toEqual([]);
  expect(commandsOf('stop')).toEqual(['planward.liftStop']);
});

test('an agent whose request is held does not look busy', () => {
  expect(rows({ agents: [agent({ held: 1 })] })[0]?.icon?.id).toBe('debug-pause');
  expect(rows({ agents: [agent({ held: 0 })] })[0]?.icon?.id).toBe('sync');
});
