import { MINUTE_MS, minuteOf, type Burn } from '../core/usage.ts';

/** What one account burned, as fine as its windows need it. */
export interface BurnStore {
  /** A row of the ledger: `minuteAt` is the start of a minute or of a quarter hour. */
  remember(burn: Burn): void;
  /** Of an exchange that has just ended; `minuteAt` is the instant it ended at. */
  add(burn: Burn): void;
  /** Everything, in no order. The same array until something is added. */
  all(): readonly Burn[];
}

const FRESH_MS = 10 * MINUTE_MS;
const MAX_FRESH = 500;
const QUARTER_MS = 15 * MINUTE_MS;
/** As the ledger gives them at the start: minutes in the last six hours, quarter hours before. */
const FINE_MS = 6 * 60 * MINUTE_MS;
/** The longest window any plan has (a month) and some. */
const KEPT_MS = 35 * 24 * 60 * MINUTE_MS;

/**
 * Keeps burns in three grains: the newest ones each at its own instant, minutes for six hours, quarter hours for 35 days. A
 * fresh burn stays apart while the provider's last reading or the beginning of a window may fall into its minute: added to
 * the whole minute at once, it would count as before either, and the meter would stand still until the next reading.
 */
export function createBurnStore(): BurnStore {
  let fresh: Burn[] = [];
  const minutes = new Map<string, Burn>();
  const quarters = new Map<string, Burn>();
  let newestAt = 0;
  let coarsenedAt = 0;
  let prunedAt = 0;
  let all: readonly Burn[] | undefined;

  function keepMinute(burn: Burn): void {
    newestAt = Math.max(newestAt, burn.minuteAt);
    addTo(minutes, { ...burn, minuteAt: minuteOf(burn.minuteAt) });
    if (newestAt - coarsenedAt >= QUARTER_MS) coarsen();
    all = undefined;
  }

  function coarsen(): void {
    coarsenedAt = newestAt;
    const border = quarterOf(newestAt - FINE_MS);
    for (const [key, burn] of minutes) {
      if (burn.minuteAt >= border) continue;
      minutes.delete(key);
      addTo(quarters, { ...burn, minuteAt: quarterOf(burn.minuteAt) });
    }
    if (newestAt - prunedAt < FINE_MS) return; // there are many of them
    prunedAt = newestAt;
    for (const [key, { minuteAt }] of quarters) if (minuteAt < newestAt - KEPT_MS) quarters.delete(key);
  }

  return {
    remember: keepMinute,
    add(burn) {
      fresh.push(burn);
      all = undefined;
      // Gone through now and then, not at every exchange.
      const full = fresh.length > 2 * MAX_FRESH;
      if (!full && fresh[0]!.minuteAt > burn.minuteAt - FRESH_MS) return;
      const stays = fresh.filter(({ minuteAt }) => minuteAt > burn.minuteAt - FRESH_MS).slice(-MAX_FRESH);
      if (stays.length < fresh.length) {
        const kept = new Set(stays);
        for (const old of fresh) if (!kept.has(old)) keepMinute(old);
        fresh = stays;
      }
      all = undefined;
    },
    all: () => (all ??= [...quarters.values(), ...minutes.values(), ...fresh]),
  };
}

function quarterOf(at: number): number {
  return Math.floor(at / QUARTER_MS) * QUARTER_MS;
}

function addTo(map: Map<string, Burn>, burn: Burn): void {
  const { minuteAt, kind = '', sessionKey = '', workspaceKey = '', agentId, model } = burn;
  const key = `${minuteAt} ${kind} ${sessionKey} ${workspaceKey} ${agentId} ${model}`;
  const old = map.get(key);
  map.set(
    key,
    old === undefined
      ? burn
      : {
          ...old,
          requests: old.requests + burn.requests,
          inputTokens: old.inputTokens + burn.inputTokens,
          cacheReadTokens: old.cacheReadTokens + burn.cacheReadTokens,
          cacheWriteTokens: old.cacheWriteTokens + burn.cacheWriteTokens,
          outputTokens: old.outputTokens + burn.outputTokens,
        },
  );
}
