import { expect, test } from 'vitest';
import { sayBecause, sayWayEvidence } from '../../../src/extension/present/because-words.ts';
import type { WayTurn } from '../../../src/scope/fold-ways.ts';
import { seeBatch, seeSeveralPeople } from '../../../src/scope/fold-ways.ts';
import { SIGNAL_SAYS } from '../../../src/scope/way-findings.ts';
import { chinese, english } from '../voices.ts';

const HAN = /\p{Script=Han}/u;

test.each([
  ...Object.values(SIGNAL_SAYS),
  ...Object.values(SIGNAL_SAYS).map((clause) => `possibly: ${clause}`),
  'aider is not named as a supported tool',
  'openclaw is served on a best-effort basis',
  'n8n is named as not supported',
])('“%s” is said in the user’s language', (because) => {
  expect(sayBecause(english, { because })).toBe(because);
  expect(sayBecause(chinese, { because })).toMatch(HAN);
});

const at = 1_800_000_000_000;
const turns = (count: number, gapMs: number, over: (i: number) => Partial<WayTurn> = () => ({})): WayTurn[] =>
  Array.from({ length: count }, (_, i) => ({
    at: at - i * gapMs,
    agentId: 'unknown',
    textKey: `t${i}`,
    shapeKey: `s${i}`,
    opens: true,
    ...over(i),
  }));

test.each([
  ['the user agent is curl'],
  ['no agent was recognised'],
  ['no tools are declared'],
  ['the credential is a subscription login'],
  ['the program is opencode'],
  ['an x-forwarded-for field that names another machine'],
  ['a via field of a proxy'],
  ['the user agent names the gateway litellm'],
  ['the turn is marked as a heartbeat or a timer'],
  ...[
    seeBatch(turns(20, 4000, () => ({ shapeKey: 'one' }))),
    seeBatch(turns(8, 100)),
    seeBatch(turns(12, 30_000)),
    seeSeveralPeople(turns(2, 1, (i) => ({ personKey: `p${i}` }))),
    seeSeveralPeople(turns(2, 1, (i) => ({ machine: `m${i}` }))),
    seeSeveralPeople(turns(16, 1, (i) => ({ agentId: `a${i % 4}`, sessionKey: `s${i % 8}` }))),
  ].map((seen) => [seen?.evidence[0] ?? 'nothing']),
])('evidence “%s” is said in the user’s language', (clause) => {
  expect(sayWayEvidence(chinese, clause)).toMatch(HAN);
});
