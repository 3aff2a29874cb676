import type { AccountAlias } from '../core/account-alias.ts';
import type { Exchange } from '../core/exchange.ts';
import type { KeptFlag, ScopeRow } from '../core/scope-record.ts';
import type { ExchangeView } from '../core/snapshot.ts';
import { minuteOf, type Burn } from '../core/usage.ts';
import { createAliasBook } from './alias-rows.ts';
import {
  accountRow,
  agentRow,
  burnRow,
  quarterOf,
  SELECT_ACCOUNTS,
  SELECT_AGENTS,
  SELECT_MINUTES,
  SELECT_QUARTERS,
  SELECT_SESSIONS,
  sessionRow,
  WHO,
  type AccountSeen,
  type AgentSeen,
  type SessionSeen,
} from './burn-rows.ts';
import { createBurnSums } from './burn-sums.ts';
import { exchangeValues, exchangeView, INSERT_EXCHANGE, SELECT_RECENT } from './exchange-rows.ts';
import {
  gatherLimits,
  historyValues,
  limitValues,
  SELECT_LATEST,
  UPSERT_HISTORY,
  UPSERT_LATEST,
  type AccountLimits,
} from './limit-rows.ts';
import type { HistoryAsk } from './history-ask.ts';
import { createHistoryReader, type HistoryRows } from './history-rows.ts';
import { createHistoryWriter, hourOf } from './history-writer.ts';
import { createExportReader, type ExportReader } from './export-rows.ts';
import { createPartKeeper } from './report-keeper.ts';
import { createPartMaker, createReportReader, type ReportReader } from './report-reader.ts';
import { reroutedRow, SELECT_REROUTED, type ReroutedRow } from './rerouted-rows.ts';
import { createScopeBook } from './scope-rows.ts';
import { createTurnBook, type TurnsWritten } from './turn-rows.ts';
import { isRowFault, transact, type Database } from './sqlite.ts';

/** The record of all exchanges. Every method but `close` throws SQLite's errors; `troubleOf` sorts them. */
export interface Ledger extends ReportReader, ExportReader {
  /**
   * Adds exchanges with their limits and their burn in one transaction. One that is there by id is left as it is and
   * counted nowhere. A row that no table can hold (a figure that is no number) is left out and counted as `rejected`.
   */
  append(batch: readonly Exchange[]): {
    readonly added: number;
    readonly rejected: number;
    /** Burns of turns that are counted as these exchanges now, negative; absent where there are none. */
    readonly changes?: readonly Burn[];
  };
  /**
   * Adds turns that agents wrote down themselves (`seenBy`, `turnId`), each once, whichever way and however often it was seen
   * (see turn-rows.ts).
   */
  appendTurns(turns: readonly Exchange[]): TurnsWritten;
  /** Adds judged turns, flags and what the user said of them, in one transaction; what is there already is left as it is. */
  appendScope(rows: readonly ScopeRow[]): { readonly rejected: number };
  /** Adds what is known of keys of one account, in one transaction. */
  appendAliases(aliases: readonly AccountAlias[]): { readonly rejected: number };
  /** Newest first. */
  aliases(): AccountAlias[];
  /** Flags since `at`, settled ones too; newest first. */
  flags(at: number, count: number): KeptFlag[];
  /** Adds readings that came without an exchange (a usage endpoint), in one transaction. */
  appendLimits(rows: readonly AccountLimits[]): { readonly rejected: number };
  /**
   * Minutes from the one `at` falls in, oldest first; only those that drew on an allowance. Before `fineSince` (none where
   * absent) a row sums a whole quarter hour and `minuteAt` is its first minute, so that a week is read in a few thousand rows.
   */
  burnSince(at: number, fineSince?: number): Burn[];
  /** The latest reading per provider, account, policy, source and model, as far as it was seen since `at`. */
  latestLimits(at?: number): AccountLimits[];
  /** Newest first. */
  recent(count: number): ExchangeView[];
  /** Agents with an exchange since the quarter hour `at` falls in, last seen first. */
  agentsSeen(at: number): AgentSeen[];
  /** Accounts with an exchange since the quarter hour `at` falls in, last seen first; also where all were refused. */
  accountsSeen(at: number): AccountSeen[];
  /** Sessions with an exchange since the quarter hour `at` falls in, last seen first. */
  sessionsSeen(at: number, count: number): SessionSeen[];
  /** Requests since `at` that were answered under another model's name, by the hour. */
  rerouted(at: number): ReroutedRow[];
  /** One account's past in buckets, from hourly sums: what charts are drawn from. */
  history(ask: HistoryAsk): HistoryRows;
  /** Exchanges in the ledger. */
  count(): number;
  /** Deletes what began before `before`, at most `maxRows` rows of each table; `more` says whether to call again. */
  prune(before: number, maxRows?: number): { readonly deleted: number; readonly more: boolean };
  /**
   * Makes parts of reports that are missing (see report-keeper.ts), a few milliseconds at a time while `goOn` says so; true where
   * there is more to do. `quiet`: nothing is written at present.
   */
  settleReports(goOn: () => boolean, quiet: boolean): boolean;
  /** SQLite's quick check: undefined where the file is whole, else what it found first. Reads the whole file. */
  check(): string | undefined;
  /** Moves the write-ahead log into the file and closes it. Never throws; a second call does nothing. */
  close(): void;
}

/** A ledger on an open, migrated database, which it then owns. */
export function createLedger(db: Database): Ledger {
  const insertExchange = db.prepare(INSERT_EXCHANGE);
  const addCount = db.prepare(`UPDATE meta SET value = value + ? WHERE key = 'exchanges'`);
  const upsertLatest = db.prepare(UPSERT_LATEST);
  const upsertHistory = db.prepare(UPSERT_HISTORY);
  const selectMinutes = db.prepare(SELECT_MINUTES);
  const selectQuarters = db.prepare(SELECT_QUARTERS);
  const selectLatest = db.prepare(SELECT_LATEST);
  const selectRecent = db.prepare(SELECT_RECENT);
  const selectAgents = db.prepare(SELECT_AGENTS);
  const selectAccounts = db.prepare(SELECT_ACCOUNTS);
  const selectSessions = db.prepare(SELECT_SESSIONS);
  const selectRerouted = db.prepare(SELECT_REROUTED);
  const selectCount = db.prepare(`SELECT value FROM meta WHERE key = 'exchanges'`);
  const pruneExchanges = db.prepare(
    'DELETE FROM exchange WHERE id IN (SELECT id FROM exchange WHERE started_at < ? ORDER BY started_at LIMIT ?)',
  );
  const pruneBurn = db.prepare(pruneByStart('burn', `minute_at, ${WHO}`));
  const pruneQuarters = db.prepare(pruneByStart('burn_quarter', `quarter_at, ${WHO}`));
  const pruneHistory = db.prepare(
    pruneByStart('rate_limit_history', 'minute_at, provider_id, account_key, policy, source, model'),
  );
  const pruneLatest = db.prepare('DELETE FROM rate_limit WHERE seen_at < ?');

  const history = createHistoryWriter(db);
  const sums = createBurnSums(db, history);
  const readHistory = createHistoryReader(db);
  const pruneHours = ['burn_hour', 'limit_hour', 'failure_hour'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE hour_at < ?`),
  );

  const maker = createPartMaker(db);
  const parts = createPartKeeper(maker);

  const scope = createScopeBook(db);
  const alias = createAliasBook(db);

  let closed = false;
  function forget(): void {
    changes = [];
    displaced = 0;
    parts.forget();
  }

  function addLimits({ providerId, accountKey, limits }: AccountLimits): void {
    for (const limit of limits) {
      upsertLatest.run(...limitValues(providerId, accountKey, limit));
      upsertHistory.run(...historyValues(providerId, accountKey, limit));
      history.limit(providerId, accountKey, limit);
    }
  }

  let changes: Burn[] = [];
  let displaced = 0;
  const selectId = db.prepare('SELECT 1 FROM exchange WHERE id = ?');
  const turns = createTurnBook(db, { insert, history, touch: parts.touch });

  /** True where the exchange is new. */
  function addExchange(exchange: Exchange): boolean {
    if (selectId.get(exchange.id) !== undefined) return false;
    const turn = turns.displace(exchange);
    if (turn === undefined) return insert(exchange);
    const added = insert({ ...exchange, turnId: turn.turnId });
    changes.push(turn.change);
    displaced += 1;
    return added;
  }

  function insert(exchange: Exchange): boolean {
    if (insertExchange.run(...exchangeValues(exchange)).changes === 0) return false;
    sums.add(exchange);
    parts.touch(exchange.startedAt, exchange.durationMs);
    addLimits({ providerId: exchange.providerId, accountKey: exchange.accountKey ?? '', limits: exchange.limits });
    return true;
  }

  const reader = createReportReader(db, maker);
  return {
    ...reader,
    ...createExportReader(db),
    report(span) {
      const report = reader.report(span);
      return { ...report, turns: scope.turns(report.since, report.until) };
    },
    append(batch) {
      turns.look();
      const written = writeRows(db, batch, addExchange, {
        begin(careful) {
          forget();
          if (!careful) sums.gather();
        },
        finish(added) {
          sums.write();
          parts.write();
          addCount.run(added - displaced);
        },
        failed: sums.drop,
      });
      return changes.length === 0 ? written : { ...written, changes };
    },
    appendTurns(rows) {
      let count = { added: 0, matched: 0, known: 0 };
      const { rejected } = writeRows(
        db,
        rows,
        (row) => {
          const { outcome, changes: made } = turns.turn(row);
          count[outcome] += 1;
          changes.push(...made);
          return outcome === 'added';
        },
        {
          finish(added) {
            parts.write();
            addCount.run(added);
          },
          begin() {
            forget();
            count = { added: 0, matched: 0, known: 0 };
          },
        },
      );
      return { ...count, rejected, changes };
    },
    appendScope: (rows) => ({ rejected: writeRows(db, rows, scope.add).rejected }),
    flags: scope.flags,
    appendAliases: (rows) => ({ rejected: writeRows(db, rows, alias.addAlias).rejected }),
    aliases: alias.aliases,
    appendLimits(rows) {
      const { rejected } = writeRows(db, rows, (row) => {
        addLimits(row);
        return true;
      });
      return { rejected };
    },
    burnSince(at, fineSince = at) {
      if (fineSince <= at) return selectMinutes.all(minuteOf(at)).map(burnRow);
      const border = quarterOf(fineSince);
      return [...selectQuarters.all(quarterOf(at), border), ...selectMinutes.all(border)].map(burnRow);
    },
    latestLimits: (at = 0) => gatherLimits(selectLatest.all(at)),
    recent: (count) => selectRecent.all(count).map(exchangeView),
    agentsSeen: (at) => selectAgents.all(quarterOf(at)).map(agentRow),
    accountsSeen: (at) => selectAccounts.all(quarterOf(at)).map(accountRow),
    sessionsSeen: (at, count) => selectSessions.all(quarterOf(at), count).map(sessionRow),
    rerouted: (at) => selectRerouted.all(at).map(reroutedRow),
    history: readHistory,
    count: () => Number(selectCount.get()?.['value'] ?? 0),
    prune(before, maxRows = 2000) {
      return transact(db, () => {
        const minute = minuteOf(before);
        const exchanges = Number(pruneExchanges.run(before, maxRows).changes);
        if (exchanges > 0) {
          addCount.run(-exchanges);
          parts.prune(before);
        }
        const burns = Number(pruneBurn.run(minute, maxRows).changes);
        const quarters = Number(pruneQuarters.run(quarterOf(before), maxRows).changes);
        const readings = Number(pruneHistory.run(minute, maxRows).changes);
        const latest = Number(pruneLatest.run(before).changes);
        const judged = scope.prune(before, maxRows);
        for (const pruneHour of pruneHours) pruneHour.run(hourOf(before));
        const more = [exchanges, burns, quarters, readings, judged].some((count) => count >= maxRows);
        return { deleted: exchanges + burns + quarters + readings + latest + judged, more };
      });
    },
    settleReports: parts.settle,
    check() {
      const found = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
      return found === 'ok' ? undefined : String(found);
    },
    close() {
      if (closed) return;
      closed = true;
      try {
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // The log stays beside the file and is read at the next opening; nothing is lost.
      }
      try {
        db.close();
      } catch {
        // Nothing can be done for a database that cannot even be closed; its log is whole up to the last commit.
      }
    },
  };
}

/** What goes before and after the rows within their transaction; each is called once a pass. */
interface Around {
  /** `careful`: a row may yet be taken back by itself. */
  begin?(careful: boolean): void;
  finish?(added: number): void;
  /** A pass was rolled back. */
  failed?(): void;
}

/**
 * Writes rows in one transaction. Where a row is at fault rather than the file, everything is rolled back and written
 * again with a savepoint around each row, so that one bad row costs only itself.
 */
function writeRows<T>(
  db: Database,
  rows: readonly T[],
  write: (row: T) => boolean,
  around: Around = {},
): { added: number; rejected: number } {
  const pass = (careful: boolean, writeOne: (row: T) => boolean) =>
    transact(db, () => {
      around.begin?.(careful);
      let added = 0;
      for (const row of rows) if (writeOne(row)) added++;
      around.finish?.(added);
      return added;
    });
  try {
    return { added: pass(false, write), rejected: 0 };
  } catch (error) {
    around.failed?.();
    if (!isRowFault(error)) throw error;
  }
  let rejected = 0;
  const added = pass(true, (row) => {
    db.exec('SAVEPOINT row');
    try {
      const isNew = write(row);
      db.exec('RELEASE row');
      return isNew;
    } catch (error) {
      if (!isRowFault(error)) throw error;
      db.exec('ROLLBACK TO row');
      db.exec('RELEASE row');
      rejected++;
      return false;
    }
  });
  return { added, rejected };
}

/** `key` is the primary key, beginning with the column that says when the row starts. */
function pruneByStart(table: string, key: string): string {
  const [start] = key.split(',');
  return `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${start} < ? ORDER BY ${key} LIMIT ?)`;
}
