import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { burnOf } from '../../src/core/burn.ts';
import type { Exchange } from '../../src/core/exchange.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { zai } from '../../src/providers/zai.ts';
import { choosePlan } from '../../src/quota/choose-plan.ts';
import { readQuota } from '../../src/quota/read-quota.ts';
import { createOtherWays } from '../../src/relay/other-ways.ts';
import { createTally } from '../../src/relay/tally.ts';
import { createWhose } from '../../src/relay/whose.ts';
import { anExchange } from '../ledger/exchanges.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);
const COUNT = 6;
const [LOGIN, RENEWED] = ['first-login', 'the-account'];

/** One thing that is seen of the session. `merge`: a body told that the login is a known account's. */
type Seen = { readonly way: 'relay' | 'transcript' | 'statusline' | 'hook' | 'merge'; readonly n: number };

const usage = (n: number): NonNullable<Exchange['usage']> => ({
  inputTokens: 5000 + n,
  cacheReadTokens: 100,
  cacheWriteTokens: 0,
  outputTokens: 300 + n,
  reasoningTokens: 0,
  exactness: 'reported',
});

function answer(n: number, accountKey: string, change: Partial<Exchange>): Exchange {
  const startedAt = NOW - 3_600_000 + n * 60_000;
  const model = { modelRequested: 'glm-4.7', modelServed: 'glm-4.7' };
  const who = { agentId: 'claude-code', providerId: 'zai', accountKey, sessionKey: 's', kind: 'main' as const };
  return anExchange(n, { startedAt, durationMs: 1000, ...who, ...model, usage: usage(n), limits: [], ...change });
}

/** What a relay tells in the end of all that was seen, in this order. */
function watch(path: string, events: readonly Seen[], resetsAt: number) {
  const opened = openLedger({ path });
  if (!opened.ok) throw new Error(opened.message);
  const { ledger } = opened;
  let merged = false;
  const nowOf = (key: string): string => (merged && key === LOGIN ? RENEWED : key);
  const tally = createTally({
    providers: new Map([['zai', zai]]),
    quota: { readQuota, choosePlan, peakState: () => undefined },
    agentName: (id) => id,
    toldPlan: () => zai.plans[0]?.id,
    pollState: () => ({ state: 'ok', reason: undefined, lastAt: undefined, nextAt: undefined }),
    accountName: () => undefined,
    costOf: () => () => undefined,
  });
  const others = createOtherWays({
    salt: Buffer.alloc(32, 3),
    workerFile: 'none.cjs',
    marks: 'none.json',
    ways: '/nonexistent/ways.json',
    onSameAccount: ({ providerId, accountKey, sameAs }) => tally.fold(providerId, accountKey, sameAs),
    transcripts: () => 'off',
    fileTurns: { asked: () => {}, answered: () => {} },
    retentionDays: () => 400,
    ledger: () => {
      throw new Error('not asked');
    },
    agentName: (id) => id,
    nowOf,
    accountNow: () => undefined,
    flags: () => [],
    incidents: () => [],
    modeOf: () => 'observe',
    onBurns: () => {},
    onReading: (providerId, accountKey, limits) => tally.reading(providerId, accountKey, limits, undefined),
    onTrouble: () => {},
    onChange: () => {},
    now: () => NOW,
  });
  const whose = createWhose(() => 'this-machine', nowOf);
  // The agent was seen before this start: its login is known.
  const before = [burnOf(answer(-100, LOGIN, {}))];
  whose.remember(before);
  others.remember(before);

  for (const { way, n } of events) {
    if (way === 'relay') {
      const exchange = answer(n, nowOf(LOGIN), { responseId: `msg_${n}` });
      const { providerId, agentId, accountKey, startedAt } = exchange;
      tally.opened({ id: exchange.id, providerId, agentId, accountKey, startedAt });
      tally.closed({ providerId, agentId, accountKey, startedAt } as Parameters<typeof tally.closed>[0], exchange);
      whose.relayed(exchange);
      others.relayed(exchange);
      tally.adjust(ledger.append([exchange]).changes ?? [], NOW);
    } else if (way === 'transcript') {
      const owner = whose.of({ agentId: 'claude-code', sessionKey: 's', model: 'glm-4.7', providerId: 'zai' });
      const written = {
        id: `T${String(n).padStart(25, '0')}`,
        seenBy: 'transcript' as const,
        turnId: `claude-code:${n}`,
      };
      const turn = answer(n, owner!.accountKey, { ...written, status: undefined, responseId: `msg_${n}` });
      tally.adjust(ledger.appendTurns([turn]).changes, NOW);
    } else if (way === 'statusline') {
      const limits = [{ policy: 'five_hour', usedFraction: 0.4, windowMs: 18_000_000, resetsAt }];
      others.statusline({ agentId: 'claude-code', providerId: 'zai', sessionId: 's', model: 'glm-4.7', limits });
    } else if (way === 'hook') {
      const hook = { agentId: 'claude-code', agentName: 'Claude Code', providerId: 'zai', lastSeenAt: NOW };
      others.agents([], [{ ...hook, turns: n, stopped: 0 }]);
    } else if (!merged) {
      merged = true;
      tally.fold('zai', LOGIN, RENEWED);
    }
  }
  const told = {
    accounts: tally.accounts(NOW).map(({ accountKey, windows }) => ({
      accountKey,
      windows: windows.map(({ id, used, usedFraction, limit, resetsAt: until, source }) => [
        id,
        used,
        usedFraction,
        limit,
        until,
        source,
      ]),
    })),
    requests: tally.agents().map(({ requests }) => requests),
    exchanges: [tally.exchanges, ledger.count()],
    tokens: ledger.burnSince(0).reduce((sum, burn) => sum + burn.inputTokens + burn.outputTokens, 0),
  };
  ledger.close();
  return told;
}

test('a session seen by relay, hook, status line and its own files at once, in any order, is told as by each alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'planward-ways-'));
  const all = Array.from({ length: COUNT }, (_, n) => n);
  const line: Seen = { way: 'statusline', n: 0 };
  const merge: Seen = { way: 'merge', n: 0 };
  const resetsAt = NOW + 7_200_000;
  let runs = 0;
  const told = (events: readonly Seen[]) => watch(join(folder, `${runs++}.db`), events, resetsAt);
  try {
    const relayed = told([merge, line, ...all.map((n): Seen => ({ way: 'relay', n }))]);
    expect(relayed.accounts).toHaveLength(1);
    expect(relayed.requests).toEqual([COUNT]);
    expect(relayed.accounts[0]?.windows.length).toBeGreaterThan(0);
    expect(told([merge, line, ...all.map((n): Seen => ({ way: 'transcript', n }))])).toEqual(relayed);
    const once = [...all.map((n): Seen => ({ way: 'transcript', n })), merge, line];
    const events = fc.record({
      carried: fc.subarray(all),
      order: fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }),
      more: fc.array(fc.constantFrom<Seen>(line, { way: 'hook', n: 1 }, { way: 'transcript', n: 2 }), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(events, ({ carried, order, more }) => {
        const seen = [...once, ...carried.map((n): Seen => ({ way: 'relay', n })), ...more]
          .map((event, i) => [order[i % order.length]!, i, event] as const)
          .toSorted(([a, i], [b, j]) => a - b || i - j)
          .map(([, , event]) => event);
        expect(told(seen)).toEqual(relayed);
      }),
      { numRuns: 40 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
