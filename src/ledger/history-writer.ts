import type { Exchange } from '../core/exchange.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import type { Burn } from '../core/usage.ts';
import type { Database } from './sqlite.ts';

/** Adds rows to the hourly sums (see history-tables.ts), within the transaction that writes what they are sums of. */
export interface HistoryWriter {
  /** Counts an exchange that failed; does nothing for any other. */
  failure(exchange: Exchange): void;
  /** Negative figures take away what was added before. */
  burn(burn: Burn): void;
  /** The same for many: what is counted under the same is added up first. */
  burns(burns: readonly Burn[]): void;
  limit(providerId: string, accountKey: string, limit: RateLimit): void;
}

const HOUR_MS = 3_600_000;

/** Start of the hour that `at` falls in. */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

export function createHistoryWriter(db: Database): HistoryWriter {
  const addBurn = db.prepare(`INSERT INTO burn_hour VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, input_tokens = input_tokens + excluded.input_tokens,
    cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens,
    cache_write_tokens = cache_write_tokens + excluded.cache_write_tokens,
    output_tokens = output_tokens + excluded.output_tokens`);
  const addLimit = db.prepare(`INSERT INTO limit_hour VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET peak_fraction = max(peak_fraction, excluded.peak_fraction),
    last_fraction = iif(excluded.seen_at >= seen_at, excluded.last_fraction, last_fraction),
    limit_value = iif(excluded.seen_at >= seen_at, excluded.limit_value, limit_value),
    resets_at = iif(excluded.seen_at >= seen_at, excluded.resets_at, resets_at), seen_at = max(seen_at, excluded.seen_at)`);
  const addFailure = db.prepare(`INSERT INTO failure_hour VALUES (?, ?, ?, ?, ?, 1, ?, ?)
    ON CONFLICT DO UPDATE SET failures = failures + 1, policy = max(policy, excluded.policy),
    first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`);
  function addAll(burns: readonly Burn[]): void {
    const sums = new Map<string, [string, string, string, string, number, number, number, number, number, number]>();
    for (const burn of burns) {
      if (burn.requests === 0) continue;
      const { providerId, accountKey } = burn;
      const hour = hourOf(burn.minuteAt);
      for (const [dim, id] of dimsOf(burn)) {
        const key = `${providerId}\n${accountKey}\n${dim}\n${id}\n${hour}`;
        let sum = sums.get(key);
        if (sum === undefined) sums.set(key, (sum = [providerId, accountKey, dim, id, hour, 0, 0, 0, 0, 0]));
        sum[5] += burn.requests;
        sum[6] += burn.inputTokens;
        sum[7] += burn.cacheReadTokens;
        sum[8] += burn.cacheWriteTokens;
        sum[9] += burn.outputTokens;
      }
    }
    for (const sum of sums.values()) addBurn.run(...sum);
  }
  return {
    failure(exchange) {
      const code = failureCode(exchange);
      if (code === undefined) return;
      const { startedAt, providerId } = exchange;
      const policy = Number(exchange.policyCode !== undefined);
      addFailure.run(providerId, exchange.accountKey ?? '', hourOf(startedAt), code, policy, startedAt, startedAt);
    },
    burn: (burn) => addAll([burn]),
    burns: addAll,
    limit(providerId, accountKey, limit) {
      const fraction = fractionOf(limit);
      if (fraction === undefined) return;
      addLimit.run(
        providerId,
        accountKey,
        limit.policy,
        limit.source,
        limit.model ?? '',
        hourOf(limit.seenAt),
        limit.unit,
        limit.limit ?? null,
        fraction,
        fraction,
        limit.windowMs ?? null,
        limit.resetsAt ?? null,
        limit.seenAt,
      );
    },
  };
}

/** What a burn is counted under. `unknown` where traffic did not tell. */
export function dimsOf(
  burn: Burn & { readonly sessionKey?: string | undefined; readonly workspaceKey?: string | undefined },
): readonly (readonly [dim: string, id: string])[] {
  const { sessionKey, workspaceKey } = burn;
  return [
    ['all', ''],
    ['agent', burn.agentId],
    ['model', burn.model],
    ['kind', burn.kind ?? 'unknown'],
    ['session', sessionKey ?? 'unknown'],
    ['workspace', workspaceKey ?? 'unknown'],
  ];
}

/** How full a reading says the allowance is; undefined where it does not say. */
export function fractionOf({ usedFraction, used, remaining, limit }: RateLimit): number | undefined {
  if (usedFraction !== undefined) return usedFraction;
  if (limit === undefined || limit <= 0) return undefined;
  if (used !== undefined) return used / limit;
  return remaining === undefined ? undefined : 1 - remaining / limit;
}

/** Undefined where the exchange is no failure of the provider's. */
function failureCode({ outcome, error, status }: Exchange): string | undefined {
  if (outcome === 'refused') return undefined;
  const refused = error !== undefined || (status !== undefined && status >= 400);
  if (!refused && outcome !== 'upstream-failed') return undefined;
  return error?.code ?? error?.type ?? (status === undefined || status < 400 ? 'no-answer' : String(status));
}
