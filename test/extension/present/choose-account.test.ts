import { expect, test } from 'vitest';
import type { AccountView } from '../../../src/core/snapshot.ts';
import { chooseAccount } from '../../../src/extension/present/choose-account.ts';
import { account, HOUR, MINUTE, NOW, quotaWindow } from '../snapshots.ts';

const low = (over: Partial<AccountView>) =>
  account({ windows: [quotaWindow({ usedFraction: 0.9, level: 'low' })], ...over });

test.each<[string, AccountView[], string | undefined]>([
  ['nothing where nothing is known', [], undefined],
  [
    'the one used last where none is in play',
    [
      account({ accountKey: 'a', lastSeenAt: NOW - 9 * HOUR }),
      account({ accountKey: 'b', lastSeenAt: NOW - 2 * HOUR }),
    ],
    'b',
  ],
  [
    'the most urgent of those in play',
    [account({ accountKey: 'a' }), low({ accountKey: 'b', lastSeenAt: NOW - 20 * MINUTE })],
    'b',
  ],
  [
    'not one that rests, however urgent',
    [account({ accountKey: 'a' }), low({ accountKey: 'b', lastSeenAt: NOW - HOUR })],
    'a',
  ],
  [
    'one with a request in flight, however long it takes',
    [account({ accountKey: 'a' }), low({ accountKey: 'b', lastSeenAt: NOW - HOUR, inFlight: 1 })],
    'b',
  ],
  [
    'one with figures before one without',
    [account({ accountKey: 'a', windows: [] }), account({ accountKey: 'b' })],
    'b',
  ],
])('the meter shows %s', (_name, accounts, key) => {
  expect(chooseAccount(accounts, NOW)?.accountKey).toBe(key);
});
