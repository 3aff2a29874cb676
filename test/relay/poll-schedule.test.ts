import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextPoll, type PollFacts } from '../../src/relay/poll-schedule.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const INTERVAL = 2 * MINUTE;

function facts(change: Partial<PollFacts> = {}): PollFacts {
  return {
    now: NOW,
    minIntervalMs: INTERVAL,
    allowed: true,
    lastPollAt: NOW - MINUTE,
    lastTrafficAt: NOW,
    failures: 0,
    refused: undefined,
    jitter: 0,
    ...change,
  };
}

const at = (minutes: number) => ({ kind: 'at', at: NOW + minutes * MINUTE }) as const;

describe('when a usage endpoint is asked next', () => {
  test.each<[string, Partial<PollFacts>, ReturnType<typeof nextPoll>]>([
    ['switched off', { allowed: false }, { kind: 'off' }],
    ['refused', { refused: 'auth' }, { kind: 'paused' }],
    ['switched off and refused', { allowed: false, refused: 'auth' }, { kind: 'off' }],
    ['no plan: a day later', { refused: 'no-plan', failures: 3 }, at(24 * 60 - 1)],
    ['no plan, and no traffic for a day', { refused: 'no-plan', lastTrafficAt: NOW - 1441 * MINUTE }, { kind: 'idle' }],
    ['never asked', { lastPollAt: undefined }, at(2 / 60)],
    ['traffic since the last answer', {}, at(1)],
    ['the same, with jitter', { jitter: 1 }, at(-1 + 2 * 1.2)],
    ['quiet since the last answer', { lastTrafficAt: NOW - 5 * MINUTE }, at(5)],
    ['quiet for more than half an hour', { lastTrafficAt: NOW - 31 * MINUTE }, { kind: 'idle' }],
    ['failed once', { failures: 1 }, at(3)],
    ['failed four times', { failures: 4 }, at(31)],
    ['failed very often: an hour', { failures: 40 }, at(59)],
    ['an interval above an hour is kept', { failures: 9, minIntervalMs: 90 * MINUTE }, at(89)],
  ])('%s', (_, change, decision) => expect(nextPoll(facts(change))).toEqual(decision));

  const anyFacts = fc.record({
    minIntervalMs: fc.integer({ min: INTERVAL, max: 10 * MINUTE }),
    allowed: fc.boolean(),
    lastPollAt: fc.option(fc.integer({ min: NOW - 120 * MINUTE, max: NOW }), { nil: undefined }),
    lastTrafficAt: fc.integer({ min: NOW - 120 * MINUTE, max: NOW }),
    failures: fc.nat(50),
    refused: fc.constantFrom('auth' as const, 'no-plan' as const, undefined),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  test('never less than its interval after the last time, and never when it is off or refused', () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        const decision = nextPoll({ now: NOW, ...some });
        if (!some.allowed || some.refused === 'auth') expect(decision.kind).not.toBe('at');
        if (decision.kind !== 'at') return;
        expect(Number.isFinite(decision.at)).toBe(true);
        if (some.lastPollAt !== undefined) {
          expect(decision.at).toBeGreaterThanOrEqual(some.lastPollAt + some.minIntervalMs);
          expect(decision.at).toBeLessThanOrEqual(
            some.lastPollAt + (some.refused === undefined ? 1 : 24) * 72 * MINUTE,
          );
        }
      }),
    );
  });

  test('more failures never bring it forward, and traffic never puts it off', () => {
    const when = (some: PollFacts) => {
      const decision = nextPoll(some);
      return decision.kind === 'at' ? decision.at : Infinity;
    };
    fc.assert(
      fc.property(anyFacts, (any) => {
        const some: PollFacts = { now: NOW, ...any, allowed: true, refused: undefined };
        expect(when({ ...some, failures: some.failures + 2 })).toBeGreaterThanOrEqual(
          when({ ...some, failures: Math.max(1, some.failures) }),
        );
        if (some.lastPollAt !== undefined)
          expect(when({ ...some, lastTrafficAt: NOW })).toBeLessThanOrEqual(when(some));
      }),
    );
  });

  test('a day with a fake clock: an agent at work for an hour is asked about some thirty times, and then it is quiet', () => {
    let lastPollAt: number | undefined;
    const polls: number[] = [];
    for (let now = NOW; now < NOW + 24 * 60 * MINUTE; now += 1000) {
      // The first is planned with the first traffic and not put off by more of it.
      const lastTrafficAt = lastPollAt === undefined ? NOW : Math.min(now, NOW + 60 * MINUTE);
      const decision = nextPoll(facts({ now, lastPollAt, lastTrafficAt, jitter: 0.5 }));
      if (decision.kind !== 'at' || decision.at > now) continue;
      polls.push(now);
      lastPollAt = now;
    }
    const gaps = polls.slice(1).map((each, i) => each - polls[i]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(INTERVAL);
    expect(polls.filter((each) => each <= NOW + 60 * MINUTE).length).toBeGreaterThan(24);
    expect(polls.length).toBeLessThan(38);
    expect(polls.at(-1)!).toBeLessThan(NOW + 100 * MINUTE);
  });
});
