import type { SQLOutputValue } from 'node:sqlite';
import type { Operation, Outcome } from '../core/exchange.ts';
import type { ReportFailure, ReportResult } from '../core/report.ts';
import type { ReportRow } from './report-fold.ts';
import type { Database } from './sqlite.ts';

/** Reads exchanges as reports see them, along the index of starts. Methods throw SQLite's errors. */
export interface ReportRows {
  /** Rows that began in `[from, until)`, in the order in which they began, a page at a time. */
  pages(from: number, until: number): Generator<readonly ReportRow[]>;
  /** When the first exchange at or after an instant began; undefined where there is none. */
  nextStart(at: number): number | undefined;
  /** When the last one before an instant began; undefined where there is none. */
  lastStart(before: number): number | undefined;
  /** Those of some ids, by id. */
  byId(ids: readonly string[]): ReadonlyMap<string, ReportRow>;
}

/** Small, so that what a page leaves behind is gone before it grows old. */
const PAGE = 500;
const FIELDS = `id, started_at, duration_ms, provider_id, account_key, agent_id, operation, outcome, status,
  coalesce(model_served, model_requested) AS model, input_tokens, output_tokens, error_code, error_type, error_message,
  request_id, agent_product, policy_code`;

export function createReportRows(db: Database): ReportRows {
  // Keyset pages along the index of starts, whose entries end in the id.
  const selectPage = db.prepare(
    `SELECT ${FIELDS} FROM exchange WHERE (started_at, id) > (?, ?) AND started_at < ? ORDER BY started_at, id LIMIT ${PAGE}`,
  );
  const selectNext = db.prepare('SELECT started_at FROM exchange WHERE started_at >= ? ORDER BY started_at LIMIT 1');
  const selectLast = db.prepare(
    'SELECT started_at FROM exchange WHERE started_at < ? ORDER BY started_at DESC LIMIT 1',
  );
  const selectById = db.prepare(`SELECT ${FIELDS} FROM exchange WHERE id IN (SELECT value FROM json_each(?))`);
  const startOf = (row: Row | undefined) => (row === undefined ? undefined : Number(row['started_at']));
  return {
    *pages(from, until) {
      let after: readonly [number, string] = [from - 1, '\uffff'];
      for (;;) {
        const rows = selectPage.all(after[0], after[1], until);
        const last = rows.at(-1);
        if (last !== undefined) yield rows.map(reportRow);
        if (last === undefined || rows.length < PAGE) return;
        after = [Number(last['started_at']), String(last['id'])];
      }
    },
    nextStart: (at) => startOf(selectNext.get(at)),
    lastStart: (before) => startOf(selectLast.get(before)),
    byId: (ids) =>
      new Map(
        ids.length === 0 ? [] : selectById.all(JSON.stringify(ids)).map((row) => [String(row['id']), reportRow(row)]),
      ),
  };
}

export function failureOf(row: ReportRow, around: Pick<ReportFailure, 'inFlight' | 'perMinute'>): ReportFailure {
  const { id, at, providerId, accountKey, agentId, agentProduct, operation, model, outcome, status } = row;
  const { code, type, message, requestId, policyCode } = row;
  return {
    id,
    at,
    providerId,
    accountKey,
    agentId,
    agentProduct,
    operation,
    model,
    outcome,
    status,
    code,
    type,
    message,
    requestId,
    policyCode,
    ...around,
  };
}

type Row = Record<string, SQLOutputValue>;

function reportRow(row: Row): ReportRow {
  const message = text(row['error_message']);
  const outcome = String(row['outcome']) as Outcome; // written by this program from the same type
  const status = typeof row['status'] === 'number' ? row['status'] : undefined;
  const failed = outcome !== 'refused' && (message !== undefined || (status !== undefined && status >= 400));
  return {
    id: String(row['id']),
    at: Number(row['started_at']),
    durationMs: Number(row['duration_ms']),
    providerId: String(row['provider_id']),
    accountKey: text(row['account_key']) ?? '',
    agentId: String(row['agent_id']),
    agentProduct: text(row['agent_product']),
    operation: String(row['operation']) as Operation,
    model: text(row['model']),
    outcome,
    result: (outcome === 'completed' && failed ? 'failed' : outcome) satisfies ReportResult,
    failed: failed || outcome === 'upstream-failed',
    status,
    code: text(row['error_code']),
    type: text(row['error_type']),
    message: message ?? '',
    requestId: text(row['request_id']),
    policyCode: text(row['policy_code']),
    inputTokens: figure(row['input_tokens']),
    outputTokens: figure(row['output_tokens']),
  };
}

function text(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function figure(value: SQLOutputValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
