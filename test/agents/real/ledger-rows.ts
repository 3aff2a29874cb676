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
  readonly firstByteMs: number | undefined;
  readonly durationMs: number;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly outputTokens: number;
  readonly errorCode: string | undefined;
  readonly kind: string | undefined;
  readonly sessionKey: string | undefined;
  readonly workspaceKey: string | undefined;
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
      firstByteMs: row['first_byte_ms'] === null ? undefined : Number(row['first_byte_ms']),
      durationMs: Number(row['duration_ms']),
      inputTokens: Number(row['input_tokens']),
      cacheReadTokens: Number(row['cache_read_tokens']),
      outputTokens: Number(row['output_tokens']),
      errorCode: text(row['error_code']),
      kind: text(row['kind']),
      sessionKey: text(row['session_key']),
      workspaceKey: text(row['workspace_key']),
    }));
  } finally {
    db.close();
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
