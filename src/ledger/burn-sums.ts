import { burnOf } from '../core/burn.ts';
import type { Exchange } from '../core/exchange.ts';
import { minuteOf, type Burn } from '../core/usage.ts';
import { ADD_BURN, ADD_QUARTER, burnValues, quarterOf, type BurnSum } from './burn-rows.ts';
import type { HistoryWriter } from './history-writer.ts';
import type { Database } from './sqlite.ts';

/** Sums of exchanges by minute, quarter hour and hour, within the transaction that writes the exchanges. */
export interface BurnSums {
  add(exchange: Exchange): void;
  /** From now on sums are gathered in memory, until `write` or `drop`. */
  gather(): void;
  /** Writes what was gathered; from now on `add` writes at once. */
  write(): void;
  /** Forgets what was gathered: the exchanges were not written. */
  drop(): void;
}

/**
 * A batch of one agent's exchanges falls into very few sums: gathered first, each row is written once and not once an
 * exchange. Minutes lie within quarter hours and hours, so the others are summed from them.
 */
export function createBurnSums(db: Database, history: HistoryWriter): BurnSums {
  const addBurn = db.prepare(ADD_BURN);
  const addQuarter = db.prepare(ADD_QUARTER);
  let gathered: Map<string, BurnSum> | undefined;

  return {
    add(exchange) {
      const sum = sumOf(exchange);
      history.failure(exchange);
      if (gathered === undefined) {
        addBurn.run(...burnValues(sum, minuteOf(sum.firstAt)));
        addQuarter.run(...burnValues(sum, quarterOf(sum.firstAt)));
        history.burn(sum.burn);
      } else addTo(gathered, keyOf(sum.burn, minuteOf(sum.firstAt)), sum);
    },
    gather() {
      gathered = new Map();
    },
    write() {
      const minutes = gathered;
      gathered = undefined;
      if (minutes === undefined) return;
      const quarters = new Map<string, BurnSum>();
      for (const sum of minutes.values()) {
        addBurn.run(...burnValues(sum, minuteOf(sum.firstAt)));
        addTo(quarters, keyOf(sum.burn, quarterOf(sum.firstAt)), sum);
      }
      for (const sum of quarters.values()) addQuarter.run(...burnValues(sum, quarterOf(sum.firstAt)));
      history.burns([...quarters.values()].map(({ burn }) => burn));
    },
    drop() {
      gathered = undefined;
    },
  };
}

function sumOf(exchange: Exchange): BurnSum {
  const { startedAt } = exchange;
  return { burn: burnOf(exchange), firstAt: startedAt, lastAt: startedAt, exchanges: 1 };
}

function keyOf(burn: Burn, startAt: number): string {
  const { providerId, accountKey, model, agentId, kind = '', sessionKey = '', workspaceKey = '' } = burn;
  return `${startAt}\n${providerId}\n${accountKey}\n${model}\n${agentId}\n${kind}\n${sessionKey}\n${workspaceKey}`;
}

function addTo(sums: Map<string, BurnSum>, key: string, sum: BurnSum): void {
  const old = sums.get(key);
  if (old === undefined) {
    sums.set(key, sum);
    return;
  }
  const { burn } = sum;
  sums.set(key, {
    burn: {
      ...old.burn,
      requests: old.burn.requests + burn.requests,
      inputTokens: old.burn.inputTokens + burn.inputTokens,
      cacheReadTokens: old.burn.cacheReadTokens + burn.cacheReadTokens,
      cacheWriteTokens: old.burn.cacheWriteTokens + burn.cacheWriteTokens,
      outputTokens: old.burn.outputTokens + burn.outputTokens,
    },
    firstAt: Math.min(old.firstAt, sum.firstAt),
    lastAt: Math.max(old.lastAt, sum.lastAt),
    exchanges: old.exchanges + sum.exchanges,
  });
}
