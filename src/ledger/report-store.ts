import type { ReportPart } from './report-part.ts';
import type { Database } from './sqlite.ts';

/**
 * Parts of reports that were folded already, by the length of their stretch in ms (a minute, an hour, a day) and its beginning.
 * One that is not there is made from the exchanges again, so that any may be deleted at any time. `failures` stands apart:
 * only the newest of a report are read.
 */
export const CREATE_REPORT_PARTS = `
  CREATE TABLE report_part (
    span_ms INTEGER NOT NULL,
    begins_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    failures TEXT NOT NULL,
    PRIMARY KEY (span_ms, begins_at)
  ) WITHOUT ROWID;
  `;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** Longest first. */
export const SPANS = [DAY_MS, HOUR_MS, MINUTE_MS] as const;

/** Methods throw SQLite's errors. */
export interface ReportStore {
  get(spanMs: number, beginsAt: number): ReportPart | undefined;
  has(spanMs: number, beginsAt: number): boolean;
  put(spanMs: number, beginsAt: number, part: ReportPart): void;
  /** Deletes parts of a length that begin in `[from, until]`. */
  drop(spanMs: number, from: number, until: number): void;
}

export function createReportStore(db: Database): ReportStore {
  const select = db.prepare('SELECT body, failures FROM report_part WHERE span_ms = ? AND begins_at = ?');
  const selectAny = db.prepare('SELECT 1 FROM report_part WHERE span_ms = ? AND begins_at = ?');
  const upsert = db.prepare(
    'INSERT OR REPLACE INTO report_part (span_ms, begins_at, body, failures) VALUES (?, ?, ?, ?)',
  );
  const remove = db.prepare('DELETE FROM report_part WHERE span_ms = ? AND begins_at BETWEEN ? AND ?');
  return {
    get(spanMs, beginsAt) {
      const row = select.get(spanMs, beginsAt);
      return row === undefined ? undefined : partOf(String(row['body']), String(row['failures']));
    },
    has: (spanMs, beginsAt) => selectAny.get(spanMs, beginsAt) !== undefined,
    put(spanMs, beginsAt, { failures, ...body }) {
      upsert.run(spanMs, beginsAt, JSON.stringify(body), failures.length === 0 ? '' : JSON.stringify(failures));
    },
    drop: (spanMs, from, until) => void remove.run(spanMs, from, until),
  };
}

/** Undefined where the text is none of ours: then the part is made anew. */
function partOf(body: string, failures: string): ReportPart | undefined {
  try {
    const sums = JSON.parse(body) as Omit<ReportPart, 'failures'>;
    let read: ReportPart['failures'] | undefined;
    return {
      ...sums,
      get failures() {
        return (read ??= failures === '' ? [] : (JSON.parse(failures) as ReportPart['failures']));
      },
    };
  } catch {
    return undefined;
  }
}

/** Start of the stretch of that length that `at` falls in. */
export function startOfSpan(at: number, spanMs: number): number {
  return Math.floor(at / spanMs) * spanMs;
}
