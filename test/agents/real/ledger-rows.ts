import { DatabaseSync } from 'node:sqlite';
import { homePaths } from '../../../src/protocol/home.ts';

/** What a ledger row says, as far as these tests ask. */
export interface LedgerRow {
  readonly startedAt: number;
  readonly agentId: string;
  readonly providerId: string;
  readonly operation: string;
  readonly status: number | undefined;
  readonly outcome: string;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly outputTokens: number;
  readonly errorCode: string | undefined;
}

/** Every exchange of a home's ledger, oldest first. Throws where there is no readable ledger. */
export function readLedgerRows(home: string): readonly LedgerRow[] {
  const db = new DatabaseSync(homePaths(home).ledger, { readOnly: true });
  try {
    const rows = db.prepare('SELECT * FROM exchange ORDER BY started_at, id').all();
    return rows.map((row) => ({
      startedAt: Number(row['started_at']),
      agentId: String(row['agent_id']),
      providerId: String(row['provider_id']),
      operation: String(row['operation']),
      status: row['status'] === null ? undefined : Number(row['status']),
      outcome: String(row['outcome']),
      inputTokens: Number(row['input_tokens']),
      cacheReadTokens: Number(row['cache_read_tokens']),
      outputTokens: Number(row['output_tokens']),
      errorCode: row['error_code'] === null ? undefined : String(row['error_code']),
    }));
  } finally {
    db.close();
  }
}
