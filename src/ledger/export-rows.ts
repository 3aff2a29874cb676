import type { SQLOutputValue } from 'node:sqlite';
import type { ExchangePage, ExportedExchange } from '../core/exported-exchange.ts';
import { usageOf } from './exchange-rows.ts';
import type { Database } from './sqlite.ts';

export interface ExportAsk {
  readonly since: number;
  /** Not in the span. */
  readonly until: number;
  readonly afterAt?: number | undefined;
  readonly afterId?: string | undefined;
}

export interface ExportReader {
  /** Exchanges of a span, oldest first, at most `count`: those of agents' own files too. */
  exchanges(ask: ExportAsk, count: number): ExchangePage;
}

const FIELDS = `id, started_at, provider_id, agent_id, account_key, operation, dialect, model_requested, model_served,
  streamed, outcome, status, first_byte_ms, duration_ms, request_bytes, response_bytes, input_tokens, cache_read_tokens,
  cache_write_tokens, output_tokens, reasoning_tokens, exactness, stop_reason, error_code, error_type, policy_code, kind,
  session_key, workspace_key, seen_by`;

/** Statements on an open ledger. Methods throw SQLite's errors. */
export function createExportReader(db: Database): ExportReader {
  const selectPage = db.prepare(
    `SELECT ${FIELDS} FROM exchange WHERE (started_at, id) > (?, ?) AND started_at < ? ORDER BY started_at, id LIMIT ?`,
  );
  return {
    exchanges({ since, until, afterAt = since - 1, afterId = '\uffff' }, count) {
      const exchanges = selectPage.all(afterAt, afterId, until, count).map(exported);
      const last = exchanges.at(-1);
      const next =
        last === undefined || exchanges.length < count ? undefined : { afterAt: last.startedAt, afterId: last.id };
      return { exchanges, next };
    },
  };
}

function exported(row: Record<string, SQLOutputValue>): ExportedExchange {
  return {
    id: String(row['id']),
    startedAt: Number(row['started_at']),
    providerId: String(row['provider_id']),
    agentId: String(row['agent_id']),
    accountKey: text(row['account_key']),
    // The words below were written by this program from the same types.
    operation: String(row['operation']) as ExportedExchange['operation'],
    dialect: text(row['dialect']) as ExportedExchange['dialect'],
    modelRequested: text(row['model_requested']),
    modelServed: text(row['model_served']),
    streamed: row['streamed'] === null ? undefined : row['streamed'] === 1,
    outcome: String(row['outcome']) as ExportedExchange['outcome'],
    status: figure(row['status']),
    firstByteMs: figure(row['first_byte_ms']),
    durationMs: Number(row['duration_ms']),
    requestBytes: Number(row['request_bytes']),
    responseBytes: Number(row['response_bytes']),
    usage: usageOf(row),
    stopReason: text(row['stop_reason']),
    errorCode: text(row['error_code']),
    errorType: text(row['error_type']),
    policyCode: text(row['policy_code']),
    kind: text(row['kind']) as ExportedExchange['kind'],
    sessionKey: text(row['session_key']),
    workspaceKey: text(row['workspace_key']),
    seenBy: text(row['seen_by']) as ExportedExchange['seenBy'],
  };
}

function text(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function figure(value: SQLOutputValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
