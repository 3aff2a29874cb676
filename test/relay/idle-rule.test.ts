import { expect, test } from 'vitest';
import { idleDecision, type IdleState } from '../../src/relay/idle-rule.ts';

const unused: IdleState = {
  now: 10_000,
  lastActivityAt: 4000,
  subscribers: 0,
  inFlight: 0,
  routedAgents: 0,
  idleMs: 6000,
};

test('an unused relay ends once the idle time has passed, and not a millisecond sooner', () => {
  expect(idleDecision(unused)).toEqual({ exit: true, reason: 'idle' });
  expect(idleDecision({ ...unused, now: 9999 })).toEqual({ exit: false, reason: 'recent', askAgainAt: 10_000 });
});

const needs: readonly (readonly [sentence: string, change: Partial<IdleState>, reason: string])[] = [
  ['an exchange in flight keeps it', { inFlight: 1 }, 'in-flight'],
  ['a listener keeps it', { subscribers: 1 }, 'subscribers'],
  ['a routed agent keeps it', { routedAgents: 1 }, 'routed'],
  ['a clock that was set back keeps it', { now: 1000 }, 'recent'],
  ['the first reason in the table is the one given', { inFlight: 1, subscribers: 1, routedAgents: 1 }, 'in-flight'],
];
test.each(needs)('%s', (_, change, reason) => {
  expect(idleDecision({ ...unused, ...change })).toMatchObject({ exit: false, reason });
});
