import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { RateLimit } from '../core/rate-limit.ts';
import { minuteOf } from '../core/usage.ts';

/** What a provider said about one account, in one reading or several. `accountKey` is '' where no credential was seen. */
export interface AccountLimits {
  readonly providerId: string;
  readonly accountKey: string;
  readonly limits: readonly RateLimit[];
}

const KEY = 'provider_id, account_key, policy, source, model';
const FIGURES = ['unit', 'limit_value', 'remaining', 'used', 'used_fraction', 'window_ms', 'resets_at', 'seen_at'];
const TAKE_NEWER = `DO UPDATE SET ${FIGURES.map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** Keeps the latest reading of each provider, account, policy, source and model; an older one changes nothing. */
export const UPSERT_LATEST = `INSERT INTO rate_limit (${KEY}, ${FIGURES.join(', ')}) VALUES (${marks(13)})
  ON CONFLICT (${KEY}) ${TAKE_NEWER} WHERE excluded.seen_at >= rate_limit.seen_at`;

/** Keeps the last reading of each minute, so that a busy day costs no more than 1,440 rows per allowance. */
export const UPSERT_HISTORY = `INSERT INTO rate_limit_history (${KEY}, ${FIGURES.join(', ')}, minute_at) VALUES (${marks(14)})
  ON CONFLICT (minute_at, ${KEY}) ${TAKE_NEWER} WHERE excluded.seen_at >= rate_limit_history.seen_at`;

export const SELECT_LATEST = `SELECT ${KEY}, ${FIGURES.join(', ')} FROM rate_limit WHERE seen_at >= ? ORDER BY ${KEY}`;

/** Values in the order of UPSERT_LATEST. */
export function limitValues(providerId: string, accountKey: string, limit: RateLimit): SQLInputValue[] {
  return [
    providerId,
    accountKey,
    limit.policy,
    limit.source,
    limit.model ?? '',
    limit.unit,
    limit.limit ?? null,
    limit.remaining ?? null,
    limit.used ?? null,
    limit.usedFraction ?? null,
    limit.windowMs ?? null,
    limit.resetsAt ?? null,
    limit.seenAt,
  ];
}

/** Values in the order of UPSERT_HISTORY. */
export function historyValues(providerId: string, accountKey: string, limit: RateLimit): SQLInputValue[] {
  return [...limitValues(providerId, accountKey, limit), minuteOf(limit.seenAt)];
}

/** Rows of SELECT_LATEST, gathered by account. */
export function gatherLimits(rows: readonly Record<string, SQLOutputValue>[]): AccountLimits[] {
  const accounts = new Map<string, { providerId: string; accountKey: string; limits: RateLimit[] }>();
  for (const row of rows) {
    const providerId = String(row['provider_id']);
    const accountKey = String(row['account_key']);
    const key = `${providerId}\n${accountKey}`;
    let account = accounts.get(key);
    if (account === undefined) accounts.set(key, (account = { providerId, accountKey, limits: [] }));
    account.limits.push(limitOf(row));
  }
  return [...accounts.values()];
}

function limitOf(row: Record<string, SQLOutputValue>): RateLimit {
  const model = String(row['model']);
  return {
    policy: String(row['policy']),
    // Both words were written by this program from the same types.
    unit: String(row['unit']) as RateLimit['unit'],
    source: String(row['source']) as RateLimit['source'],
    limit: figure(row['limit_value']),
    remaining: figure(row['remaining']),
    used: figure(row['used']),
    usedFraction: figure(row['used_fraction']),
    windowMs: figure(row['window_ms']),
    resetsAt: figure(row['resets_at']),
    model: model === '' ? undefined : model,
    seenAt: Number(row['seen_at']),
  };
}

function figure(value: SQLOutputValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}
