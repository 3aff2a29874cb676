// node bench/snapshot-cost.ts: what one Snapshot's accounts cost after 35 days of heavy use, with nothing remembered between
// snapshots (`cold`) and with traffic on one account only (`warm`). Milliseconds, median and worst of the rounds.
import { agentName } from '../src/agents/list.ts';
import { apiPrices } from '../src/providers/api-prices.ts';
import { providers } from '../src/providers/list.ts';
import { choosePlan } from '../src/quota/choose-plan.ts';
import { createCostOf } from '../src/quota/cost.ts';
import { peakState } from '../src/quota/peak.ts';
import { readQuota } from '../src/quota/read-quota.ts';
import { createTally, type Tally } from '../src/relay/tally.ts';
import type { Burn } from '../src/core/usage.ts';
import { heavyExchange, heavyHistory, HEAVY_ACCOUNTS } from './heavy-history.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const ROUNDS = 20;

export interface SnapshotCost {
  readonly burns: number;
  readonly coldMs: { readonly median: number; readonly worst: number };
  readonly warmMs: { readonly median: number; readonly worst: number };
}

export function measureSnapshot(): SnapshotCost {
  const history = heavyHistory(NOW);
  const tally = heavyTally(history);
  tally.accounts(NOW);
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const now = NOW + round * 60_000;
    cold.push(timed(() => tally.accounts(now)));
    const { opened, exchange } = heavyExchange(now, round);
    tally.opened(opened);
    tally.closed(opened, exchange);
    warm.push(timed(() => tally.accounts(now + 200)));
  }
  return { burns: history.length, coldMs: summed(cold), warmMs: summed(warm) };
}

function heavyTally(history: readonly Burn[]): Tally {
  const costOf = createCostOf(apiPrices);
  const plans = new Map<string, string>(HEAVY_ACCOUNTS.map(({ providerId, planId }) => [providerId, planId]));
  const tally = createTally({
    providers: new Map(providers.map((provider) => [provider.id, provider])),
    quota: { readQuota, choosePlan, peakState },
    agentName,
    toldPlan: (providerId) => plans.get(providerId),
    pollState: () => ({ state: 'ok', reason: undefined, lastAt: undefined, nextAt: undefined }),
    accountName: () => undefined,
    costOf: () => costOf,
  });
  tally.remember({ burns: history, limits: [], recent: [], agents: [], rerouted: [], count: history.length });
  return tally;
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function summed(times: readonly number[]): SnapshotCost['coldMs'] {
  const sorted = times.toSorted((a, b) => a - b);
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return { median: rounded(sorted[Math.floor(sorted.length / 2)]!), worst: rounded(sorted.at(-1)!) };
}

if (import.meta.main) {
  const { burns, coldMs, warmMs } = measureSnapshot();
  console.log(`${HEAVY_ACCOUNTS.length} accounts, ${burns} rows of history`);
  console.table({ cold: coldMs, warm: warmMs });
}
