import { expect, test } from 'vitest';
import type { Exchange } from '../../src/core/exchange.ts';
import type { RateLimit } from '../../src/core/rate-limit.ts';
import { zai } from '../../src/providers/zai.ts';
import { choosePlan } from '../../src/quota/choose-plan.ts';
import { foldWindows } from '../../src/quota/fold-windows.ts';
import { createCostOf } from '../../src/quota/cost.ts';
import { readQuota } from '../../src/quota/read-quota.ts';
import { createTally, type Tally, type TallyDeps } from '../../src/relay/tally.ts';

const MINUTE = Date.UTC(2026, 10, 22, 12, 30);
const FIVE_HOURS_MS = 5 * 3_600_000;
const NO_COST = () => undefined;

function tally(change: Partial<TallyDeps> = {}): Tally {
  return createTally({
    providers: new Map([['zai', zai]]),
    quota: { readQuota: foldWindows, choosePlan, peakState: () => undefined },
    agentName: (id) => id,
    toldPlan: () => undefined,
    pollState: () => ({ state: 'ok', reason: undefined, lastAt: undefined, nextAt: undefined }),
    accountName: () => undefined,
    costOf: () => NO_COST,
    ...change,
  });
}

/** 10,000 fresh input tokens of glm-4.7 off-peak: 2.3 credits. */
function exchange(startedAt: number, durationMs = 1000): Exchange {
  return {
    id: String(startedAt),
    startedAt,
    providerId: 'zai',
    agentId: 'cline',
    accountKey: 'key',
    operation: 'chat',
    dialect: 'openai-chat',
    modelRequested: 'glm-4.7',
    modelServed: 'glm-4.7',
    streamed: true,
    requestReading: 'read',
    outcome: 'completed',
    status: 200,
    firstByteMs: 100,
    durationMs,
    requestBytes: 1,
    responseBytes: 1,
    usage: {
      inputTokens: 10_000,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 0,
      reasoningTokens: 0,
      exactness: 'reported',
    },
    stopReason: undefined,
    error: undefined,
    limits: [],
  };
}

function add(to: Tally, ...exchanges: readonly Exchange[]): void {
  for (const one of exchanges) {
    const opened = { id: one.id, startedAt: one.startedAt, providerId: 'zai', agentId: 'cline', accountKey: 'key' };
    to.opened(opened);
    to.closed(opened, one);
  }
}

function reading(seenAt: number, used: number, resetsAt: number): RateLimit {
  return {
    policy: 'credits-5h',
    unit: 'credits',
    limit: 2000,
    remaining: undefined,
    used,
    usedFraction: used / 2000,
    windowMs: FIVE_HOURS_MS,
    resetsAt,
    model: undefined,
    seenAt,
    source: 'usage-api',
  };
}

function fiveHour(of: Tally, now: number) {
  return of.accounts(now)[0]!.windows.find(({ id }) => id === 'five-hour')!;
}

test('use in the same minute as a reading moves the window if it ended after it, and only then', () => {
  const seen = tally();
  add(seen, exchange(MINUTE + 5000));
  seen.reading('zai', 'key', [reading(MINUTE + 20_000, 2.3, MINUTE + 5000 + FIVE_HOURS_MS)], 'lite');
  add(seen, exchange(MINUTE + 30_000));
  const window = fiveHour(seen, MINUTE + 40_000);
  expect(window.used).toBeCloseTo(4.6);
  expect(window.basis).toBe('both');
});

test('a window that begins in the middle of a minute counts the exchange that opened it', () => {
  const seen = tally();
  add(seen, exchange(MINUTE + 5000), exchange(MINUTE + 9000));
  seen.reading('zai', 'key', [reading(MINUTE + 20_000, 4, MINUTE + 5000 + FIVE_HOURS_MS)], 'lite');
  expect(fiveHour(seen, MINUTE + 40_000).ledgerUsed).toBeCloseTo(4.6);
});

test('nothing is lost or counted twice as old use goes to its minute, by age and by number', () => {
  const seen = tally();
  const startsAt = MINUTE - 60_000;
  for (let i = 0; i < 1200; i++) add(seen, exchange(MINUTE + i * 1000));
  seen.reading('zai', 'key', [reading(startsAt, 0.1, startsAt + FIVE_HOURS_MS)], 'lite');
  expect(fiveHour(seen, MINUTE + 1_300_000).ledgerUsed).toBeCloseTo(1200 * 2.3);
});

test('an account bears the name the user gave it; two keys on one plan are two accounts', () => {
  const names: Record<string, string> = { one: 'Work' };
  const seen = tally({ accountName: (key) => names[key] });
  for (const accountKey of ['one', 'two']) {
    const opened = { id: accountKey, startedAt: MINUTE, providerId: 'zai', agentId: 'cline', accountKey };
    seen.opened(opened);
    seen.closed(opened, { ...exchange(MINUTE), id: accountKey, accountKey });
  }
  const labels = seen.accounts(MINUTE).map(({ accountKey, label }) => [accountKey, label]);
  expect(Object.fromEntries(labels)).toEqual({ one: 'Work', two: undefined });
  names['two'] = 'Home';
  expect(seen.accounts(MINUTE).find(({ accountKey }) => accountKey === 'two')?.label).toBe('Home');
});

test('models that others served are told, those the ledger remembers among them', () => {
  const seen = tally();
  add(seen, { ...exchange(MINUTE), modelServed: 'glm-5.3' });
  seen.remember({
    burns: [],
    limits: [],
    recent: [],
    agents: [],
    rerouted: [
      { providerId: 'zai', accountKey: 'key', requested: 'glm-4.7', served: 'glm-5.3', lastAt: MINUTE - 1, count: 6 },
      { providerId: 'zai', accountKey: 'key', requested: 'glm-4.7', served: 'GLM-4.7', lastAt: MINUTE - 1, count: 6 },
    ],
    count: 0,
  });
  expect(seen.accounts(MINUTE)[0]!.rerouted).toEqual([
    { requested: 'glm-4.7', served: 'glm-5.3', count: 7, lastAt: MINUTE },
  ]);
});

test('the month tells what its tokens would cost', () => {
  const costOf = createCostOf([{ model: 'glm-4.7', input: 0.6, output: 2.2 }]);
  const seen = tally({ costOf: () => costOf });
  add(seen, exchange(MINUTE));
  const cost = { usdMicros: 6_000, complete: true, unpriced: [] };
  expect(seen.accounts(MINUTE + 2000)[0]!.month).toEqual({ startsAt: Date.UTC(2026, 10, 1), cost });
});

test('windows are worked out once while nothing changes, and anew with traffic, readings, a plan told or a reset', () => {
  let count = 0;
  let told: string | undefined;
  const seen = tally({
    toldPlan: () => told,
    quota: {
      choosePlan,
      peakState: () => undefined,
      readQuota(input) {
        count += 1;
        return readQuota(input);
      },
    },
  });
  add(seen, exchange(MINUTE));
  seen.accounts(MINUTE + 2000);
  seen.accounts(MINUTE + 3000);
  expect(count).toBe(1);
  add(seen, exchange(MINUTE + 4000));
  seen.accounts(MINUTE + 6000);
  expect(count).toBe(2);
  seen.reading('zai', 'key', [reading(MINUTE + 7000, 5, MINUTE + 9000)], undefined);
  seen.accounts(MINUTE + 8000);
  seen.accounts(MINUTE + 8500);
  expect(count).toBe(3);
  seen.accounts(MINUTE + 9001);
  expect(count).toBe(4);
  told = 'glm-max';
  seen.accounts(MINUTE + 9002);
  expect(count).toBe(5);
  seen.accounts(MINUTE + 40_000);
  expect(count).toBe(6);
});

test('two accounts that turn out to be one count as one: use, readings, what is under way, and what comes later', () => {
  const seen = tally();
  add(seen, exchange(MINUTE + 5000));
  seen.reading('zai', 'key', [reading(MINUTE + 6000, 2.3, MINUTE + 5000 + FIVE_HOURS_MS)], 'lite');
  const under = { id: 'x', startedAt: MINUTE + 7000, providerId: 'zai', agentId: 'cline', accountKey: 'renewed' };
  seen.opened(under);
  expect(seen.accounts(MINUTE + 8000)).toHaveLength(2);
  seen.fold('zai', 'key', 'account');
  seen.fold('zai', 'renewed', 'account');
  expect(seen.accounts(MINUTE + 8000)).toMatchObject([{ accountKey: 'account', inFlight: 1 }]);
  seen.closed(under, exchange(MINUTE + 7000, 3000));
  seen.reading('zai', 'renewed', [reading(MINUTE + 30_000, 9, MINUTE + 5000 + FIVE_HOURS_MS)], undefined);
  const [only, ...others] = seen.accounts(MINUTE + 40_000);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ accountKey: 'account', inFlight: 0 });
  expect(fiveHour(seen, MINUTE + 40_000)).toMatchObject({ used: 9 });
  expect(fiveHour(seen, MINUTE + 40_000).ledgerUsed).toBeCloseTo(4.6);
});

test('what a turn was for is told apart; what is not known stays unknown', () => {
  const seen = tally({ quota: { readQuota, choosePlan, peakState: () => undefined } });
  for (const [n, kind] of (['main', 'sub-agent', 'overhead', undefined] as const).entries()) {
    const one = { ...exchange(MINUTE + n * 1000), kind };
    const opened = { id: one.id, startedAt: one.startedAt, providerId: 'zai', agentId: 'cline', accountKey: 'key' };
    seen.opened(opened);
    seen.closed(opened, one);
  }
  seen.reading('zai', 'key', [reading(MINUTE + 10_000, 9.2, MINUTE + FIVE_HOURS_MS)], 'lite');
  const { byKind } = fiveHour(seen, MINUTE + 12_000).attribution!;
  expect(byKind.map(({ id }) => id)).toEqual(['main', 'overhead', 'sub-agent', 'unknown']);
  for (const { fraction } of byKind) expect(fraction).toBeCloseTo(0.25);
});

test('an account known by its readings alone was there when they were read, also after a restart', () => {
  const seen = tally();
  seen.reading('zai', 'key', [reading(MINUTE, 5, MINUTE + FIVE_HOURS_MS)], 'lite');
  expect(seen.accounts(MINUTE)[0]!.lastSeenAt).toBe(MINUTE);
  const again = tally();
  const limits = [{ providerId: 'zai', accountKey: 'key', limits: [reading(MINUTE, 5, MINUTE + FIVE_HOURS_MS)] }];
  again.remember({ burns: [], limits, recent: [], agents: [], rerouted: [], count: 0 });
  expect(again.accounts(MINUTE)[0]!.lastSeenAt).toBe(MINUTE);
});
