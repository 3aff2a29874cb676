import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConfirmedStrike, Flag } from '../../src/core/strike.ts';
import { packFor } from '../../src/policies/list.ts';
import { foldStrikes } from '../../src/scope/fold-strikes.ts';

const flag = (changes: Partial<Flag>): Flag => ({
  at: 1000,
  providerId: 'zai',
  accountKey: 'a',
  agentId: 'openclaw',
  ruleId: 'task-scope',
  decision: 'out-of-scope',
  turnKey: 't1',
  state: 'open',
  ...changes,
});
const stop = (at: number): ConfirmedStrike => ({ at, providerId: 'zai', accountKey: 'a', code: '1313' });
const fold = (flags: readonly Flag[], stops: readonly ConfirmedStrike[] = []) =>
  foldStrikes(flags, stops, (id) => packFor(id));

describe('strikes', () => {
  test('the requests of one turn are one flag, with the plan’s own number beside it', () => {
    const [count] = fold([flag({}), flag({ at: 2000 }), flag({ turnKey: 't2', at: 3000 })]);
    expect(count).toMatchObject({ ownFlags: 2, confirmed: 0, moreThan: 3, byRule: { 'task-scope': 2 }, lastAt: 3000 });
    expect(count?.note).toContain('publishes no counter');
  });

  test('what the user called coding or dismissed, and what was unsure, does not count', () => {
    expect(fold([flag({ state: 'coding' }), flag({ state: 'dismissed' }), flag({ decision: 'unsure' })])).toEqual([]);
  });

  test('a stop that is answered again and again is one spell; an hour’s silence ends it', () => {
    const HOUR = 3_600_000;
    expect(fold([], [stop(0), stop(1000), stop(HOUR - 1), stop(2 * HOUR - 2), stop(4 * HOUR)])[0]?.confirmed).toBe(2);
  });

  test('accounts are counted apart, the latest first; a plan without a number has none', () => {
    const counts = fold([flag({ at: 1 }), flag({ at: 2, accountKey: 'b' }), flag({ at: 3, providerId: 'kimi' })]);
    expect(counts.map(({ providerId, accountKey }) => [providerId, accountKey])).toEqual([
      ['kimi', 'a'],
      ['zai', 'b'],
      ['zai', 'a'],
    ]);
    expect(counts[0]?.moreThan).toBeUndefined();
  });

  test('the order in which they come does not matter', () => {
    const some = fc.array(
      fc.record({
        at: fc.nat(9_000_000),
        turnKey: fc.constantFrom('t1', 't2', 't3'),
        accountKey: fc.constantFrom('a', 'b'),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(some, some, (flags, stops) => {
        const made = flags.map((each) => flag(each));
        const halts = stops.map(({ at }) => stop(at));
        const count = (list: ReturnType<typeof fold>) =>
          list.map(({ ownFlags, confirmed, lastAt }) => `${ownFlags} ${confirmed} ${lastAt}`).toSorted();
        expect(count(fold(made.toReversed(), halts.toReversed()))).toEqual(count(fold(made, halts)));
      }),
    );
  });
});
