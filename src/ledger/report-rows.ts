import type { SQLOutputValue } from 'node:sqlite';
import type { Operation, Outcome } from '../core/exchange.ts';
import type { LedgerReport, ReportResult } from '../core/report.ts';
import type { ConfirmedStrike } from '../core/strike.ts';
import { createReportFold, type ReportRow } from './report-fold.ts';
import type { Database } from './sqlite.ts';

export interface ReportSpan {
  readonly since: number;
  readonly until: number;
}

export interface ReportReader {
  /** What the exchanges of a span add up to. Reads at most `maxRows` of them, the newest, a page at a time. */
  report(span: ReportSpan, maxRows?: number): LedgerReport;
  /** Refusals by which providers said that their terms were not kept; newest first, at most 5,000. */
  policyRefusals(since: number): ConfirmedStrike[];
}

const MAX_ROWS = 500_000;
const PAGE = 4000;

const FIELDS = `id, started_at, duration_ms, provider_id, account_key, agent_id, operation, outcome, status,
  coalesce(model_served, model_requested) AS model, input_tokens, output_tokens, error_code, error_type, error_message,
  request_id, agent_product, policy_code`;

/** Statements on an open ledger. Methods throw SQLite's errors. */
export function createReportReader(db: Database): ReportReader {
  // Keyset pages along the index of starts, whose entries end in the id.
  const selectPage = db.prepare(
    `SELECT ${FIELDS} FROM exchange WHERE (started_at, id) > (?, ?) AND started_at < ? ORDER BY started_at, id LIMIT ?`,
  );
  const selectBorder = db.prepare(
    'SELECT started_at FROM exchange WHERE started_at >= ? AND started_at < ? ORDER BY started_at DESC LIMIT 1 OFFSET ?',
  );
  const selectPolicy = db.prepare(
    `SELECT provider_id, account_key, started_at, policy_code FROM exchange
     WHERE policy_code IS NOT NULL AND started_at >= ? ORDER BY started_at DESC LIMIT 5000`,
  );
  return {
    report({ since, until }, maxRows = MAX_ROWS) {
      const border = selectBorder.get(since, until, maxRows)?.['started_at'];
      const from = typeof border === 'number' ? border + 1 : since;
      const fold = createReportFold();
      let after: readonly [number, string] = [from - 1, '\uffff'];
      for (;;) {
        const rows = selectPage.all(after[0], after[1], until, PAGE);
        for (const row of rows) fold.add(reportRow(row));
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) break;
        after = [Number(last['started_at']), String(last['id'])];
      }
      return { since: from, until, complete: from === since, ...fold.result() };
    },
    policyRefusals: (since) =>
      selectPolicy.all(since).map((row) => ({
        providerId: String(row['provider_id']),
        accountKey: text(row['account_key']) ?? '',
        at: Number(row['started_at']),
        code: String(row['policy_code']),
      })),
  };
}

function reportRow(row: Record<string, SQLOutputValue>): ReportRow {
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
