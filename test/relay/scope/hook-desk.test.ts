import { describe, expect, test } from 'vitest';
import type { JudgeAsk } from '../../../src/protocol/judge-call.ts';
import { createHookDesk } from '../../../src/relay/scope/hook-desk.ts';
import { createScopeWatch } from '../../../src/relay/scope/scope-watch.ts';
import { openTaught } from '../../../src/relay/scope/taught-file.ts';
import { openJudge } from '../../../src/scope/open-judge.ts';
import type { ScopeModes } from '../../../src/core/scope-mode.ts';

const TRIP =
  'Plan a five day trip to Lisbon for my parents, with hotels near the beach and a restaurant for each evening.';
const MUSEUMS = 'Which museums should my parents visit in Lisbon, and where can they book a boat tour?';
const judge = openJudge();

function makeDesk(modes: ScopeModes) {
  let at = Date.UTC(2026, 10, 1);
  let ids = 0;
  const salt = new Uint8Array(32);
  const scope = createScopeWatch({
    judge: () => judge,
    sensitivity: () => 'normal',
    newId: () => `id${ids++}`,
    salt,
    taught: openTaught('/nonexistent/taught.json', salt),
    onFlag: () => {},
  });
  const desk = createHookDesk({
    now: () => (at += 1000),
    newId: () => `id${ids++}`,
    scope,
    modes: () => modes,
    agentName: (id) => id,
    onChange: () => {},
  });
  const ask = (text: string, more: Partial<JudgeAsk> = {}) =>
    desk.judge({
      agentId: 'claude-code',
      providerId: 'zai',
      kind: 'user-turn',
      tools: ['Read', 'Bash'],
      session: 's',
      text,
      ...more,
    });
  return { desk, scope, ask };
}

describe('a prompt handed over by a hook', () => {
  test('passes in observe mode and is flagged all the same', () => {
    const { ask, scope } = makeDesk({});
    expect(ask(TRIP)).toEqual({ act: 'pass' });
    expect(scope.flags()).toMatchObject([{ agentId: 'claude-code', providerId: 'zai', acted: 'passed' }]);
  });

  test('is warned about in warn mode', () => {
    const { ask } = makeDesk({ zai: 'warn' });
    expect(ask(TRIP)).toMatchObject({ act: 'warn', category: 'travel', ruleId: 'task-scope', vendor: 'Z.AI' });
  });

  test.each(['block', 'hold'] as const)('is stopped once in %s mode: sent again it passes', (mode) => {
    const { ask, scope, desk } = makeDesk({ zai: mode });
    expect(ask(TRIP)).toMatchObject({ act: 'block' });
    expect(ask(TRIP)).toEqual({ act: 'pass' });
    expect(scope.flags()).toHaveLength(1);
    expect(desk.agents()).toMatchObject([{ agentId: 'claude-code', turns: 1, stopped: 1 }]);
  });

  test('says nothing about coding, and nothing where no terms are known', () => {
    const { ask, scope } = makeDesk({ zai: 'block', nobody: 'block' });
    expect(ask('Fix the failing test in src/main.rs and run cargo test.')).toEqual({ act: 'pass' });
    expect(ask(TRIP, { providerId: 'nobody' })).toEqual({ act: 'pass' });
    expect(scope.flags()).toEqual([]);
  });

  test('that nobody wrote is no turn', () => {
    const { ask, desk } = makeDesk({ zai: 'block' });
    expect(ask('', { kind: 'side' })).toEqual({ act: 'pass' });
    expect(desk.agents()).toMatchObject([{ turns: 0 }]);
  });

  test('and seen by the relay as well is one turn with one flag', () => {
    const { ask, desk, scope } = makeDesk({});
    desk.closed({ agentId: 'claude-code', providerId: 'zai', accountKey: 'k1' });
    ask(MUSEUMS);
    ask(TRIP);
    const before = scope.flags().length;
    expect(before).toBe(2);
    const request = {
      providerId: 'zai',
      accountKey: 'k1',
      agentId: 'claude-code',
      at: Date.UTC(2026, 10, 1),
      turn: {
        text: TRIP,
        previous: [MUSEUMS],
        files: [],
        brings: 'user-turn',
        rawMessage: TRIP,
        kind: 'user-turn',
        author: 'user',
        tools: ['Read', 'Bash'],
        system: '',
      },
    } as const;
    const verdict = scope.judge(request)!;
    expect(verdict.decision).toBe('out-of-scope');
    scope.flag(request, verdict, 'x1', 'passed');
    expect(scope.flags()).toHaveLength(before);
  });
});
