import { DatabaseSync } from 'node:sqlite';
import { homePaths } from '../../src/protocol/home.ts';

export interface LedgerExchange {
  readonly startedAt: number;
  readonly accountKey: string;
  readonly agentId: string;
  readonly model: string;
  /** `unknown` where the ledger does not tell. */
  readonly kind: string;
  readonly sessionKey: string;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

export interface LedgerContent {
  readonly exchanges: readonly LedgerExchange[];
  /** Readings as they were stored, old ones of the same minute replaced. */
  readonly limits: readonly {
    readonly accountKey: string;
    readonly source: string;
    readonly seenAt: number;
    readonly usedFraction: number | undefined;
  }[];
}

/** What a home's ledger file holds, read without any of the relay's own code. */
export function readLedger(home: string): LedgerContent {
  const db = new DatabaseSync(homePaths(home).ledger, { readOnly: true });
  try {
    const exchanges = db.prepare('SELECT * FROM exchange ORDER BY started_at, id').all();
    const limits = ['rate_limit', 'rate_limit_history'].flatMap((table) =>
      db.prepare(`SELECT account_key, source, seen_at, used_fraction FROM ${table}`).all(),
    );
    return {
      exchanges: exchanges.map((row) => ({
        startedAt: Number(row['started_at']),
        accountKey: String(row['account_key']),
        agentId: String(row['agent_id']),
        model: String(row['model_served'] ?? row['model_requested']),
        kind: String(row['kind'] ?? 'unknown'),
        sessionKey: String(row['session_key'] ?? 'unknown'),
        inputTokens: Number(row['input_tokens']),
        cacheReadTokens: Number(row['cache_read_tokens']),
        cacheWriteTokens: Number(row['cache_write_tokens']),
        outputTokens: Number(row['output_tokens']),
      })),
      limits: limits.map((row) => ({
        accountKey: String(row['account_key']),
        source: String(row['source']),
        seenAt: Number(row['seen_at']),
        usedFraction: row['used_fraction'] === null ? undefined : Number(row['used_fraction']),
      })),
    };
  } finally {
    db.close();
  }
}
