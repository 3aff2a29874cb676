import { expect, test } from 'vitest';
import type { AgentState } from '../../../src/connect/inspect-agent.ts';
import { otherWayPicked, presentAgentFiles, presentOtherWays } from '../../../src/extension/present/other-way-picks.ts';
import { english } from '../voices.ts';

function agent(agentId: string, state: AgentState['state'] = 'direct'): AgentState {
  return { agentId, name: agentId, state, addresses: [], overrides: [] } as unknown as AgentState;
}

test('an agent is offered the ways it has, beside one switch for the files of all', () => {
  const picks = presentOtherWays(english, [agent('claude-code'), agent('cline'), agent('gemini-cli')]);
  const ways = picks.flatMap(({ value }) => (value === undefined ? [] : [otherWayPicked(value)]));
  expect(ways).toEqual([
    { way: 'hook', agentId: 'claude-code' },
    { way: 'hook', agentId: 'cline' },
    { way: 'statusline', agentId: 'claude-code' },
    { way: 'files' },
  ]);
});

test('an agent that is not on this machine is offered none; a relay choice is no other way', () => {
  const picks = presentOtherWays(english, [agent('claude-code', 'absent')]);
  expect(picks.map(({ value }) => value)).toEqual([undefined, 'way:files']);
  expect(otherWayPicked('claude-code')).toBeUndefined();
});

test('which files are read is told before the word is asked for, and taking it back is offered where they are', () => {
  const off = presentAgentFiles(english, false, [['Cline', ['/home/a/.cline/data/sessions']]]);
  expect(off[0]).toMatchObject({ value: 'go', label: expect.stringContaining('Read them') as string });
  expect(off.at(-1)).toMatchObject({ description: '/home/a/.cline/data/sessions' });
  expect(off.at(-1)?.value).toBeUndefined();
  expect(presentAgentFiles(english, true, [])[0]?.label).toContain('Stop reading');
});
