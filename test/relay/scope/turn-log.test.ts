import { expect, test } from 'vitest';
import { readTurn } from '../../../src/agents/turn-kind.ts';
import type { Exchange } from '../../../src/core/exchange.ts';
import type { Verdict } from '../../../src/core/verdict.ts';
import { createTurnLog, type ReadTurn } from '../../../src/relay/scope/turn-log.ts';
import { redactSecrets } from '../../../src/relay/scope/redact-secrets.ts';
import { flag } from '../../extension/flags.ts';

const VERDICT: Verdict = {
  decision: 'out-of-scope',
  pOffScope: 0.97,
  score: 4,
  reason: 'sum',
  category: 'travel',
  packId: 'zai',
  packVersion: '2026-09-07',
  ruleId: 'task-scope',
  findings: [],
  evidence: [{ feature: 'plan a trip', weight: 2.1, where: 'text', start: 0, end: 11 }],
};

function exchange(n: number, over: Partial<Exchange> = {}): Exchange {
  return {
    id: `x${n}`,
    startedAt: 1000 * n,
    providerId: 'zai',
    agentId: 'cline',
    accountKey: 'acc',
    operation: 'chat',
    dialect: 'openai-chat',
    modelRequested: 'glm-5.3',
    modelServed: 'glm-5.3',
    streamed: false,
    requestReading: 'read',
    outcome: 'completed',
    status: 200,
    firstByteMs: 10,
    durationMs: 200,
    requestBytes: 10,
    responseBytes: 10,
    usage: undefined,
    stopReason: undefined,
    error: undefined,
    limits: [],
    ...over,
  };
}

function turn(text: string, over: Partial<ReadTurn> = {}): ReadTurn {
  const body = { messages: [{ role: 'user', content: text }] };
  return {
    turn: readTurn({ headers: [], body, dialect: 'openai-chat' }),
    verdict: VERDICT,
    turnKey: `key of ${text}`,
    ...over,
  };
}

function log(excerpts = false) {
  const world = { excerpts, open: new Map<string, string>() };
  const turns = createTurnLog({
    excerpts: () => world.excerpts,
    flags: () => [...world.open.keys()].map((id) => flag({ id })),
    turnOf: (id) => world.open.get(id),
  });
  const only = () => turns.transcript(turns.views()[0]!.id)!;
  return { turns, world, only };
}

test('a turn is kept with its length, model, outcome and verdict, and without its text', () => {
  const { turns, only } = log();
  turns.add(exchange(1), turn('Plan a trip to Lisbon'));
  expect(only().turns).toMatchObject([
    { id: 'x1', kind: 'user-turn', characters: 21, outcome: 'completed', verdict: { category: 'travel' } },
  ]);
  expect(JSON.stringify(only())).not.toContain('Lisbon');
});

test('where the user allows excerpts the text is there, short and without secrets, and is forgotten when that ends', () => {
  const { turns, world, only } = log(true);
  turns.add(exchange(1), turn(`Use sk-live-0123456789abcdef for ${'word '.repeat(2000)}`));
  const { text } = only().turns[0]!;
  expect(text).toMatch(/^Use •{24} for word/);
  expect(text).toHaveLength(4000);
  const before = turns.views()[0]!.revision;
  world.excerpts = false;
  turns.refresh();
  expect(only().turns[0]).not.toHaveProperty('text');
  expect(only().turns[0]).toMatchObject({ id: 'x1' });
  expect(turns.views()[0]!.revision).not.toBe(before);
});

test('steps of a turn and titles stand there without the turn’s words', () => {
  const { turns, only } = log(true);
  const title = turn('Name this session').turn;
  turns.add(exchange(1), turn('Plan a trip', { turn: { ...title, kind: 'title' }, verdict: undefined }));
  turns.add(exchange(2), turn('Plan a trip', { turn: { ...title, kind: 'tool-result' }, verdict: undefined }));
  expect(only().turns.map(({ characters, text }) => [characters, text])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ]);
});

test('an open flag stands at the turn it is of, once, and goes when it is settled', () => {
  const { turns, world, only } = log();
  turns.add(exchange(1), turn('Plan a trip'));
  turns.add(exchange(2), turn('Plan a trip'));
  turns.add(exchange(3), turn('Fix the test', { verdict: { ...VERDICT, decision: 'in-scope' } }));
  const quiet = turns.views()[0]!;
  world.open.set('f1', 'key of Plan a trip');
  expect(only().turns.map(({ flagIds }) => flagIds)).toEqual([['f1'], [], []]);
  expect(turns.views()[0]).toMatchObject({ flags: 1, turns: 3 });
  expect(turns.views()[0]!.revision).not.toBe(quiet.revision);
  world.open.clear();
  expect(turns.views()[0]).toEqual(quiet);
});

test('each session of an agent is one, and an agent that names none is one per account', () => {
  const { turns } = log();
  turns.add(exchange(1, { sessionKey: 's1' }), turn('a'));
  turns.add(exchange(2, { sessionKey: 's2' }), turn('b'));
  turns.add(exchange(3, { sessionKey: 's1' }), turn('c'));
  turns.add(exchange(4), turn('d'));
  turns.add(exchange(5, { accountKey: 'other' }), undefined);
  expect(turns.views().map(({ id, turns: count }) => [id, count])).toEqual([
    ['cline.zai.other', 1],
    ['cline.zai.acc', 1],
    ['cline.zai.s1', 2],
    ['cline.zai.s2', 1],
  ]);
});

test('what is kept is bounded: the newest 20 sessions with their newest 200 turns', () => {
  const { turns } = log();
  for (let i = 0; i < 25; i++) turns.add(exchange(i, { sessionKey: `s${i}` }), undefined);
  for (let i = 0; i < 300; i++) turns.add(exchange(100 + i, { sessionKey: 's24' }), undefined);
  expect(turns.views()).toHaveLength(20);
  expect(turns.views()[0]).toMatchObject({ turns: 200, firstAt: 200_000 });
  expect(turns.transcript('cline.zai.s0')).toBeUndefined();
});

test.each([
  ['a key of a vendor', 'use sk-proj-abc123def456ghi789 now', 'use •••••••••••••••••••••••••• now'],
  ['a named one', 'password: hunter2hunter2', 'password: ••••••••••••••'],
  ['a key of Z.AI', '0123456789abcdef0123456789abcdef.AbCdEfGhIjKlMnOp', '•'.repeat(49)],
  ['words that only look alike', 'key-value-store and token: string[]', 'key-value-store and token: string[]'],
])('of secrets %s', (_, text, clean) => {
  expect(redactSecrets(text)).toBe(clean);
});
