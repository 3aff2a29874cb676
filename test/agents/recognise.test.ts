import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Headers } from '../../src/core/provider.ts';
import { agentName, agents, NAMED_FROM, recogniseAgent } from '../../src/agents/list.ts';
import { agentFixtures, type Sighting } from './fixtures.ts';

const NOBODY: Headers = [['User-Agent', 'curl/8.9']];

test('every agent has sightings, and every sighting an agent', () => {
  expect(Object.keys(agentFixtures).toSorted()).toEqual(agents.map(({ id }) => id).toSorted());
});

test('ids and names are unique', () => {
  expect(new Set(agents.map(({ id }) => id)).size).toBe(agents.length);
  expect(new Set(agents.map(({ name }) => name)).size).toBe(agents.length);
});

describe.each(Object.entries(agentFixtures))('%s', (id, sightings) => {
  test.each(sightings.map((sighting) => [sighting.what, sighting] as const))('is known by %s', (_, sighting) => {
    const { agentId, confidence } = recogniseAgent(clues(sighting));
    expect(agentId).toBe(id);
    expect(confidence).toBeGreaterThanOrEqual(NAMED_FROM);
  });
});

describe('nobody is named', () => {
  test.each([
    ['a request without any clue', NOBODY, '{"model":"m","messages":[]}'],
    ['an SDK that many programs use', [['User-Agent', 'OpenAI/JS 7.15.0']] as Headers, '{"messages":[]}'],
    ['a program whose name only begins like an agent', [['User-Agent', 'opencodex/1.0']] as Headers, ''],
    [
      'a program that calls itself something else but mentions an agent',
      [['User-Agent', 'my claude-cli/1']] as Headers,
      '',
    ],
    ['everyday tools', NOBODY, tools('bash', 'edit', 'read', 'write', 'grep', 'glob', 'task')],
    ['two tools of an agent', NOBODY, tools('read_files', 'run_commands')],
    ['a body cut inside its first word', NOBODY, '{"mod'],
    ['nothing at all', [], ''],
  ] as const)('for %s', (_, headers, bodyStart) => {
    expect(recogniseAgent({ headers, bodyStart }).agentId).toBe('unknown');
  });

  test('where two agents are equally likely', () => {
    const bodyStart = 'You are Cline, an AI coding agent … You are Kilo, a highly skilled software engineer';
    expect(recogniseAgent({ headers: NOBODY, bodyStart })).toEqual({ agentId: 'unknown', confidence: 0.6 });
  });
});

test('what the user writes about another agent does not change the name in the headers', () => {
  const headers: Headers = [['User-Agent', 'opencode/1.18.33 ai-sdk/x']];
  const quoted = JSON.stringify(`You are Claude Code, Anthropic's official CLI for Claude. ${tools('ToolSearch')}`);
  expect(recogniseAgent({ headers, bodyStart: quoted }).agentId).toBe('opencode');
});

test('tools named inside a quoted text are no tools', () => {
  const bodyStart = JSON.stringify({ content: tools('read_files', 'search_codebase', 'run_commands') });
  expect(recogniseAgent({ headers: NOBODY, bodyStart }).agentId).toBe('unknown');
});

test('any headers and body give an answer and a confidence from 0 to 1', () => {
  const pair = fc.tuple(fc.constantFrom('user-agent', 'originator', 'x-title', 'x-y'), fc.string());
  fc.assert(
    fc.property(fc.array(pair), fc.string(), (headers, bodyStart) => {
      const { agentId, confidence } = recogniseAgent({ headers, bodyStart });
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(agentId === 'unknown' || confidence >= NAMED_FROM).toBe(true);
    }),
  );
});

test('names are those people know; an id of the user’s own is its own name', () => {
  expect(agentName('kilo-code')).toBe('Kilo Code');
  expect(agentName('unknown')).toBe('Unknown agent');
  expect(agentName('my-bot')).toBe('my-bot');
});

function clues({ headers, body }: Sighting) {
  return { headers: headers ?? NOBODY, bodyStart: body ?? '' };
}

function tools(...names: readonly string[]): string {
  return JSON.stringify({ tools: names.map((name) => ({ type: 'function', function: { name } })) });
}
