import { expect, test } from 'vitest';
import { packFor } from '../../src/policies/list.ts';
import { createStrikes } from '../../src/relay/strikes.ts';
import { anExchange, T0 } from '../ledger/exchanges.ts';

const stop = { providerId: 'zai', accountKey: 'account-one', code: '1313' };

test('what the ledger remembers and what happens now add up, and an account without any says so', () => {
  const strikes = createStrikes({ packOf: packFor });
  strikes.remember([{ ...stop, at: T0 - 5 * 86_400_000 }]);
  strikes.closed(anExchange(1));
  strikes.closed(anExchange(2, { policyCode: '1121' }));
  strikes.closed(anExchange(3, { policyCode: '1121' }));
  expect(strikes.view('zai', 'account-one')).toMatchObject({
    confirmed: 2,
    refusals: 3,
    lastAt: T0 + 3000,
    lastCode: '1121',
    moreThan: 3,
    ownFlags: 'not-judged',
  });
  expect(strikes.view('zai', 'account-one').note).toContain('publishes no counter');
  expect(strikes.view('zai', 'another')).toMatchObject({ confirmed: 0, lastAt: undefined, lastCode: undefined });
});

test('terms that name no number leave the threshold open', () => {
  const strikes = createStrikes({ packOf: packFor });
  expect(strikes.view('kimi', 'a')).toMatchObject({ moreThan: undefined });
  expect(strikes.view('kimi', 'a').note).toContain('no number');
});

test('our own flags of the account are counted apart, only those that are out of scope, only under known terms', () => {
  const flag = { providerId: 'zai', accountKey: 'account-one', decision: 'out-of-scope' } as const;
  const flags = () => [flag, flag, { ...flag, decision: 'unsure' } as const, { ...flag, accountKey: 'other' }];
  const strikes = createStrikes({ packOf: packFor, flags });
  expect(strikes.view('zai', 'account-one')).toMatchObject({ confirmed: 0, ownFlags: 2 });
  expect(strikes.view('deepseek', 'account-one').ownFlags).toBe('not-judged');
});

test('a key that is refused for months keeps its newest events in bounded memory', () => {
  const strikes = createStrikes({ packOf: packFor });
  for (let n = 0; n < 9000; n++) strikes.closed(anExchange(n, { policyCode: '1313', startedAt: T0 + n * 60_000 }));
  const { refusals, lastAt } = strikes.view('zai', 'account-one');
  expect(refusals).toBeLessThan(4000);
  expect(lastAt).toBe(T0 + 8999 * 60_000);
});
