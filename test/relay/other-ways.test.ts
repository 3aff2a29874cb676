import { afterEach, expect, test } from 'vitest';
import type { Exchange } from '../../src/core/exchange.ts';
import type { RateLimit } from '../../src/core/rate-limit.ts';
import { createOtherWays, type OtherWays } from '../../src/relay/other-ways.ts';
import type { SameAccount } from '../../src/relay/whose.ts';
import { accountKeyOf } from '../../src/relay/salt.ts';
import { anExchange } from '../ledger/exchanges.ts';

const SALT = Buffer.alloc(32, 3);
const NOW = 1_795_372_000_000;
const LIMITS = [{ policy: 'five_hour', usedFraction: 0.62, windowMs: 18_000_000, resetsAt: NOW + 1_000_000 }];
const ASKED = {
  agentId: 'claude-code',
  providerId: 'anthropic',
  sessionId: 's1',
  model: 'claude-opus-5',
  limits: LIMITS,
};

let ways: OtherWays | undefined;
afterEach(() => ways?.close());

function watch(): {
  ways: OtherWays;
  readings: [string, string, readonly RateLimit[]][];
  same: SameAccount[];
  tick(): void;
} {
  const readings: [string, string, readonly RateLimit[]][] = [];
  const same: SameAccount[] = [];
  let now = NOW;
  ways = createOtherWays({
    salt: SALT,
    workerFile: 'none.cjs',
    marks: 'none.json',
    ways: '/nonexistent/ways.json',
    nowOf: (key) => same.find(({ accountKey }) => accountKey === key)?.sameAs ?? key,
    transcripts: () => 'off',
    fileTurns: { asked: () => {}, answered: () => {} },
    retentionDays: () => 400,
    ledger: () => {
      throw new Error('not asked');
    },
    agentName: (id) => id,
    accountNow: () => undefined,
    flags: () => [],
    incidents: () => [],
    modeOf: () => 'observe',
    onBurns: () => {},
    onSameAccount: (each) => void same.push(each),
    onReading: (...reading) => void readings.push(reading),
    onTrouble: () => {},
    onChange: () => {},
    now: () => now,
  });
  return { ways, readings, same, tick: () => void (now += 60_000) };
}

function relayed(change: Partial<Exchange>): Exchange {
  const sessionKey = accountKeyOf(SALT, 'session claude-code', 's1');
  return anExchange(1, { agentId: 'claude-code', providerId: 'anthropic', accountKey: 'mine', sessionKey, ...change });
}

test('a status line’s figures go to the account its session used through the relay', () => {
  const seen = watch();
  seen.ways.relayed(relayed({ accountKey: 'other', sessionKey: 'another session', startedAt: NOW }));
  seen.ways.relayed(relayed({}));
  seen.ways.statusline(ASKED);
  expect(seen.readings).toMatchObject([
    ['anthropic', 'mine', [{ policy: 'five_hour', usedFraction: 0.62, source: 'statusline', seenAt: NOW }]],
  ]);
});

test('without any traffic they are this machine’s own', () => {
  const seen = watch();
  seen.ways.statusline(ASKED);
  expect(seen.readings[0]?.[1]).toBe(accountKeyOf(SALT, 'anthropic', 'this machine'));
});

test('what came before the relay saw a key is that key’s account once every agent it came from used it, and only then', () => {
  const machine = accountKeyOf(SALT, 'anthropic', 'this machine');
  const seen = watch();
  seen.ways.statusline(ASKED);
  seen.ways.statusline({ ...ASKED, agentId: 'opencode' });
  seen.ways.relayed(relayed({ agentId: 'cline' }));
  seen.ways.relayed(relayed({}));
  expect(seen.same).toEqual([]);
  seen.ways.relayed(relayed({ agentId: 'opencode' }));
  expect(seen.same).toEqual([{ providerId: 'anthropic', accountKey: machine, sameAs: 'mine' }]);
  seen.ways.relayed(relayed({}));
  expect(seen.same).toHaveLength(1);
});

test('with two accounts of a provider nobody guesses which of them this machine’s own is', () => {
  const seen = watch();
  seen.ways.statusline(ASKED);
  seen.ways.relayed(relayed({ agentId: 'cline', accountKey: 'other' }));
  seen.ways.relayed(relayed({}));
  seen.ways.relayed(relayed({ agentId: 'cline', accountKey: 'other' }));
  expect(seen.same).toEqual([]);
});

test('the same figures said again are no newer than they were', () => {
  const seen = watch();
  seen.ways.statusline(ASKED);
  seen.tick();
  seen.ways.statusline(ASKED);
  seen.ways.statusline({ ...ASKED, limits: [{ ...LIMITS[0]!, usedFraction: 0.63 }] });
  expect(seen.readings.map(([, , [limit]]) => [limit?.usedFraction, limit?.seenAt])).toEqual([
    [0.62, NOW],
    [0.63, NOW + 60_000],
  ]);
});

test('the ways in which an agent is seen are told; nothing is said of a provider nobody used', () => {
  const seen = watch();
  seen.ways.statusline({ ...ASKED, limits: [] });
  expect(seen.ways.agents([], [])).toEqual([]);
  seen.ways.relayed(relayed({ providerId: 'zai', startedAt: NOW }));
  seen.ways.statusline({ ...ASKED, limits: [] });
  const hooked = { agentId: 'cline', agentName: 'Cline', providerId: 'zai', lastSeenAt: 5, turns: 1, stopped: 0 };
  expect(seen.ways.agents([], [hooked]).map(({ agentId, providerId, ways: of }) => [agentId, providerId, of])).toEqual([
    [
      'claude-code',
      'zai',
      [
        { way: 'relay', lastAt: NOW },
        { way: 'statusline', lastAt: NOW },
      ],
    ],
    ['cline', 'zai', [{ way: 'hook', lastAt: 5 }]],
  ]);
});
