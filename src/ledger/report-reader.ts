import type { LedgerReport, ReportCount } from '../core/report.ts';
import type { ConfirmedStrike } from '../core/strike.ts';
import { createReportFold } from './report-fold.ts';
import { mergeParts, type ReportPart } from './report-part.ts';
import { createReportRows, failureOf, type ReportRows } from './report-rows.ts';
import { createReportStore, HOUR_MS, MINUTE_MS, SPANS, startOfSpan, type ReportStore } from './report-store.ts';
import { createTraffic, type OpenRequest, type Traffic } from './report-traffic.ts';
import type { Database } from './sqlite.ts';

export interface ReportSpan {
  readonly since: number;
  readonly until: number;
}

export interface ReportReader {
  /** What the exchanges of a span add up to: from the parts that are kept, and from the exchanges where there is none. */
  report(span: ReportSpan): LedgerReport;
  /** Refusals by which providers said that their terms were not kept; newest first, at most 5,000. */
  policyRefusals(since: number): ConfirmedStrike[];
}

/** Makes parts of a stretch of time, from kept ones where it can. */
export interface PartMaker {
  readonly rows: ReportRows;
  readonly store: ReportStore;
  /**
   * Parts of `[from, until)` in the order of time; a yield of undefined is a pause in which others may work. A pause in which
   * exchanges of the stretch are written spoils it: then it has to be begun anew.
   */
  walk(from: number, until: number): Generator<ReportPart | undefined>;
}

/** How far back requests are looked for that are under way still, where no kept part tells. */
export const LOOK_BACK_MS = 6 * HOUR_MS;

/** Statements on an open ledger. Methods throw SQLite's errors. */
export function createPartMaker(db: Database): PartMaker {
  const rows = createReportRows(db);
  const store = createReportStore(db);
  const selectOpen = db.prepare(`SELECT provider_id || char(10) || coalesce(account_key, '') AS account,
    started_at + duration_ms AS ends_at FROM exchange WHERE started_at >= ?1 AND started_at < ?2
    AND started_at + duration_ms > ?2 AND operation = 'chat' AND outcome NOT IN ('refused', 'absorbed') ORDER BY started_at, id`);
  const selectStarts =
    db.prepare(`SELECT provider_id || char(10) || coalesce(account_key, '') AS account, started_at AS at
    FROM exchange WHERE started_at > ? AND started_at < ? AND operation = 'chat' AND outcome <> 'refused'
    ORDER BY started_at, id`);

  /** What was going on just before `at`. */
  function trafficAt(at: number): Traffic {
    const last = rows.lastStart(at);
    if (last === undefined) return createTraffic();
    const starts = selectStarts
      .all(at - MINUTE_MS, at)
      .map((row) => [String(row['account']), Number(row['at'])] as const);
    return createTraffic(openAt(at, last), starts);
  }

  function openAt(at: number, last: number): readonly OpenRequest[] {
    for (const spanMs of SPANS.toReversed()) {
      const begins = startOfSpan(last, spanMs);
      const part = begins + spanMs <= at ? store.get(spanMs, begins) : undefined;
      if (part !== undefined) return part.open.filter(([, endsAt]) => endsAt > at);
    }
    return selectOpen
      .all(at - LOOK_BACK_MS, at)
      .map((row) => [String(row['account']), Number(row['ends_at'])] as const);
  }

  return {
    rows,
    store,
    *walk(from, until) {
      const newest = rows.lastStart(Infinity) ?? -Infinity;
      let at = from;
      /** Of what was folded here, up to `goesOnAt`. */
      let traffic: Traffic | undefined;
      let goesOnAt = Number.NaN;
      next: for (;;) {
        const begins = rows.nextStart(at);
        if (begins === undefined || begins >= until) return;
        for (const spanMs of SPANS) {
          const start = startOfSpan(begins, spanMs);
          // Nothing began between `at` and the first of it; nor may it tell of what began after the end.
          if (start < at || (start + spanMs > until && newest >= until)) continue;
          const kept = store.get(spanMs, start);
          if (kept === undefined) continue;
          yield kept;
          at = start + spanMs;
          continue next;
        }
        // Of an hour that is over its minutes are not kept.
        const grain = startOfSpan(begins, HOUR_MS) < startOfSpan(newest, HOUR_MS) ? HOUR_MS : MINUTE_MS;
        const start = Math.max(at, startOfSpan(begins, grain));
        const end = Math.min(startOfSpan(begins, grain) + grain, until);
        // Between `at` and `start` nothing began.
        if (traffic === undefined || goesOnAt !== at) traffic = trafficAt(start);
        const fold = createReportFold(traffic);
        for (const page of rows.pages(start, end)) {
          for (const row of page) fold.add(row);
          yield undefined;
        }
        yield fold.part(end);
        goesOnAt = at = end;
      }
    },
  };
}

export function createReportReader(db: Database, { walk, rows }: PartMaker): ReportReader {
  const selectPolicy = db.prepare(
    `SELECT provider_id, account_key, started_at, policy_code FROM exchange
     WHERE policy_code IS NOT NULL AND started_at >= ? ORDER BY started_at DESC LIMIT 5000`,
  );
  return {
    report({ since, until }) {
      const parts = [...walk(since, until)].filter((part) => part !== undefined);
      const { counts, load, groups, failures, failureCount } = mergeParts(parts);
      const failed = rows.byId(failures.map(([id]) => id));
      return {
        since,
        until,
        complete: true,
        counts: counts.toSorted(byDay),
        load: load.toSorted((a, b) => b.requests - a.requests),
        groups: groups.toSorted((a, b) => b.count - a.count),
        failures: failures.toReversed().flatMap(([id, inFlight, perMinute]) => {
          const row = failed.get(id);
          return row === undefined ? [] : [failureOf(row, { inFlight, perMinute })];
        }),
        failureCount,
      };
    },
    policyRefusals: (since) =>
      selectPolicy.all(since).map((row) => ({
        providerId: String(row['provider_id']),
        accountKey: typeof row['account_key'] === 'string' ? row['account_key'] : '',
        at: Number(row['started_at']),
        code: String(row['policy_code']),
      })),
  };
}

function byDay(a: ReportCount, b: ReportCount): number {
  return a.day === b.day ? b.requests - a.requests : a.day < b.day ? -1 : 1;
}
