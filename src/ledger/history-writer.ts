import { burnOf } from '../core/burn.ts';
import type { Exchange } from '../core/exchange.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import type { Burn } from '../core/usage.ts';
import type { Database } from './sqlite.ts';

/** Adds rows to the hourly sums (see history-tables.ts), within the transaction that writes what they are sums of. */
export interface HistoryWriter {
  /** `sign` -1 takes away what an exchange without failure once added. */
  exchange(exchange: Exchange, sign?: 1 | -1): void;
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
  return {
    exchange(exchange, sign = 1) {
      const code = failureCode(exchange);
      const { startedAt, providerId } = exchange;
      const hour = hourOf(startedAt);
      if (code !== undefined) {
        const policy = Number(exchange.policyCode !== undefined);
        addFailure.run(providerId, exchange.accountKey ?? '', hour, code, policy, startedAt, startedAt);
      }
      const burn = burnOf(exchange);
      if (burn.requests === 0) return;
      for (const [dim, id] of dimsOf(burn)) {
        addBurn.run(
          providerId,
          burn.accountKey,
          dim,
          id,
          hour,
          sign * burn.requests,
          sign * burn.inputTokens,
          sign * burn.cacheReadTokens,
          sign * burn.cacheWriteTokens,
          sign * burn.outputTokens,
        );
      }
    },
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
