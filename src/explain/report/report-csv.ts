import type { Report } from '../../core/report.ts';

/** Counts as CSV (RFC 4180), a line per day, account, agent, model and result. */
export function countsCsv(report: Report): string {
  return csv([
    ['day', 'provider', 'account', 'agent', 'model', 'result', 'requests', 'input_tokens', 'output_tokens'],
    ...report.counts.map((count) => [
      count.day,
      count.providerId,
      count.accountKey,
      count.agentId,
      count.model,
      count.result,
      count.requests,
      count.inputTokens,
      count.outputTokens,
    ]),
  ]);
}

/** Refusals and failures as CSV, oldest first. */
export function failuresCsv(report: Report): string {
  return csv([
    [
      'time_utc',
      'provider',
      'account',
      'agent',
      'agent_version',
      'model',
      'status',
      'code',
      'message',
      'request_id',
      'in_flight',
      'per_minute',
    ],
    ...report.failures
      .toReversed()
      .map((failure) => [
        new Date(failure.at).toISOString(),
        failure.providerId,
        failure.accountKey,
        failure.agentId,
        failure.agentProduct,
        failure.model,
        failure.status,
        failure.code ?? failure.type,
        failure.message,
        failure.requestId,
        failure.inFlight,
        failure.perMinute,
      ]),
  ]);
}

type Cell = string | number | undefined;

/** Rows as CSV (RFC 4180); a cell that a spreadsheet would run is quoted as text. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection; full-width signs count in some languages); a tab or line end
 * could begin one too.
 */
function cell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^\s*[=+\-@|＝＋－＠]/.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
