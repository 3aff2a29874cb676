import type { SQLOutputValue } from 'node:sqlite';
import { HISTORY_DIMS, type HistoryDim, type HistoryFailure } from '../core/history.ts';
import type { Burn } from '../core/usage.ts';
import { burnRow, SELECT_MINUTES, SELECT_QUARTERS } from './burn-rows.ts';
import type { HistoryAsk } from './history-ask.ts';
import { createLimitHistory, type WindowRows } from './history-limits.ts';
import { dimsOf } from './history-writer.ts';
import type { Database } from './sqlite.ts';

/** Sums of one series, a figure for each bucket. */
export interface SeriesRows {
  readonly id: string;
  readonly requests: number[];
  /** Input and output together. */
  readonly tokens: number[];
}

/** The same with what a price is said for. */
export interface ModelRows extends SeriesRows {
  readonly input: number[];
  readonly cacheRead: number[];
  readonly cacheWrite: number[];
  readonly output: number[];
}

export interface HistoryRows {
  readonly knownFrom: number | undefined;
  /** Largest first, at most nine each; the last may be `other`. */
  readonly burn: Readonly<Record<Exclude<HistoryDim, 'model'>, readonly SeriesRows[]>> & {
    readonly model: readonly ModelRows[];
  };
  /** 168 hours of the week, Monday 00:00 first. */
  readonly week: { readonly tokens: number[]; readonly requests: number[] };
  readonly windows: readonly WindowRows[];
  readonly failures: readonly HistoryFailure[];
}

const MOST_SERIES = 8;
const MOST_FAILURES = 500;
const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;

const ACCOUNT = 'provider_id = ? AND account_key = ?';
const SPAN = 'hour_at >= ? AND hour_at < ?';

/** Reads one account's past in few and short stretches of the hourly sums. Throws SQLite's errors. */
export function createHistoryReader(db: Database): (ask: HistoryAsk) => HistoryRows {
  const selectIds = db.prepare(`SELECT id, sum(input_tokens + output_tokens) AS tokens, count(*) AS hours FROM burn_hour
    WHERE ${ACCOUNT} AND dim = ? AND ${SPAN} GROUP BY id ORDER BY tokens DESC, id`);
  const selectNextId = db.prepare(
    `SELECT id FROM burn_hour WHERE ${ACCOUNT} AND dim = ? AND id > ? ORDER BY id LIMIT 1`,
  );
  const selectPairs = db.prepare(everyBucket(`sum(requests) || ' ' || sum(input_tokens + output_tokens)`));
  const selectSums = db.prepare(
    everyBucket(`sum(requests) || ' ' || sum(input_tokens) || ' ' || sum(cache_read_tokens) || ' ' ||
      sum(cache_write_tokens) || ' ' || sum(output_tokens)`),
  );
  const selectHours = db.prepare(`SELECT hour_at, requests, input_tokens AS input, cache_read_tokens AS cache_read,
    cache_write_tokens AS cache_write, output_tokens AS output FROM burn_hour
    WHERE ${ACCOUNT} AND dim = ? AND id = ? AND ${SPAN} ORDER BY hour_at`);
  const selectWeek = db.prepare(`SELECT (hour_at + ?) / ${HOUR_MS} % ${WEEK_HOURS} AS slot,
    sum(input_tokens + output_tokens) AS tokens, sum(requests) AS requests FROM burn_hour
    WHERE ${ACCOUNT} AND dim = 'all' AND id = '' AND ${SPAN} GROUP BY slot`);
  const selectFirst = db.prepare(
    `SELECT min(hour_at) AS first FROM burn_hour WHERE ${ACCOUNT} AND dim = 'all' AND id = ''`,
  );
  const selectFailures = db.prepare(`SELECT first_at, code, failures, policy FROM failure_hour
    WHERE ${ACCOUNT} AND ${SPAN} ORDER BY policy DESC, hour_at DESC LIMIT ${MOST_FAILURES}`);
  const selectMinutes = db.prepare(SELECT_MINUTES);
  const selectQuarters = db.prepare(SELECT_QUARTERS);
  const limits = createLimitHistory(db);

  /** `priced`: with the sums that prices are said for, which takes longer. */
  function seriesOf(ask: HistoryAsk, dim: string, id: string, hours: number, priced: boolean): ModelRows {
    const { providerId, accountKey, edges } = ask;
    const series = emptySeries(id, edges.length - 1);
    if (hours < 4 * edges.length) {
      const rows = selectHours.all(providerId, accountKey, dim, id, edges[0]!, edges.at(-1)!);
      for (const row of rows) addRow(series, bucketOf(edges, Number(row['hour_at'])), row);
    } else {
      const parts = priced ? selectSums : selectPairs;
      for (const [i, row] of parts.all(providerId, accountKey, dim, id, JSON.stringify(edges)).entries()) {
        if (typeof row['sums'] !== 'string') continue;
        const [requests = 0, input = 0, ...more] = row['sums'].split(' ').map(Number);
        if (priced) addSums(series, i, [requests, input, more[0] ?? 0, more[1] ?? 0, more[2] ?? 0]);
        else series.requests[i] = requests;
        if (!priced) series.tokens[i] = input;
      }
    }
    return series;
  }

  /** All ids of a dimension where there are few, found by jumping along the key; undefined where there are many. */
  function fewIds(providerId: string, accountKey: string, dim: HistoryDim): string[] | undefined {
    const ids: string[] = [];
    for (let after = ''; ids.length <= MOST_SERIES; after = ids.at(-1)!) {
      const next = selectNextId.get(providerId, accountKey, dim, after)?.['id'];
      if (typeof next !== 'string') return ids;
      ids.push(next);
    }
    return undefined;
  }

  function fromHours(ask: HistoryAsk): HistoryRows['burn'] {
    const { providerId, accountKey, edges } = ask;
    const read = (dim: HistoryDim): ModelRows[] => {
      const priced = dim === 'model';
      const few = fewIds(providerId, accountKey, dim);
      if (few !== undefined) {
        return few
          .map((id) => seriesOf(ask, dim, id, Infinity, priced))
          .map((series) => ({ series, tokens: series.tokens.reduce((sum, tokens) => sum + tokens, 0) }))
          .filter(({ series }) => series.requests.some((requests) => requests > 0))
          .toSorted((a, b) => b.tokens - a.tokens)
          .map(({ series }) => series);
      }
      const ids = selectIds.all(providerId, accountKey, dim, edges[0]!, edges.at(-1)!);
      const top = ids
        .slice(0, MOST_SERIES)
        .map((row) => seriesOf(ask, dim, String(row['id']), Number(row['hours']), priced));
      return ids.length > MOST_SERIES ? [...top, restOf(seriesOf(ask, 'all', '', Infinity, priced), top)] : top;
    };
    return byDim(read);
  }

  function fromBurns(ask: HistoryAsk): HistoryRows['burn'] {
    const { providerId, accountKey, edges, grain } = ask;
    const from = edges[0]!;
    const until = edges.at(-1)!;
    const rows = grain === 'minute' ? selectMinutes.all(from) : selectQuarters.all(from, until);
    const burns = rows
      .map(burnRow)
      .filter((burn) => burn.providerId === providerId && burn.accountKey === accountKey && burn.minuteAt < until);
    return byDim((dim) => foldBurns(burns, dim, edges));
  }

  return (ask) => {
    const { providerId, accountKey, edges, grain, offsets } = ask;
    const from = edges[0]!;
    const until = edges.at(-1)!;
    const week = { tokens: zeros(WEEK_HOURS), requests: zeros(WEEK_HOURS) };
    for (const [i, { from: begins, offsetMs }] of offsets.entries()) {
      const ends = Math.min(until, offsets[i + 1]?.from ?? until);
      for (const row of selectWeek.all(offsetMs, providerId, accountKey, Math.max(from, begins), ends)) {
        // 1 January 1970 was a Thursday.
        const slot = (Number(row['slot']) + 72) % WEEK_HOURS;
        week.tokens[slot]! += Number(row['tokens']);
        week.requests[slot]! += Number(row['requests']);
      }
    }
    const first = selectFirst.get(providerId, accountKey)?.['first'];
    return {
      knownFrom: typeof first === 'number' ? first : undefined,
      burn: grain === 'hour' ? fromHours(ask) : fromBurns(ask),
      week,
      windows: limits(ask),
      failures: selectFailures
        .all(providerId, accountKey, Math.floor(from / HOUR_MS) * HOUR_MS, until)
        .map((row) => ({
          at: Number(row['first_at']),
          code: String(row['code']),
          count: Number(row['failures']),
          policy: row['policy'] === 1,
        }))
        .toSorted((a, b) => a.at - b.at),
    };
  };
}

/** A statement that gives `sums` of every bucket of one series: a call for each of a year's days takes twice as long. */
function everyBucket(sums: string): string {
  return `WITH bucket AS MATERIALIZED
    (SELECT value AS begins, lead(value) OVER (ORDER BY key) AS ends FROM json_each(?5))
    SELECT (SELECT ${sums} FROM burn_hour WHERE provider_id = ?1 AND account_key = ?2 AND dim = ?3 AND id = ?4
      AND hour_at >= begins AND hour_at < ends) AS sums
    FROM bucket WHERE ends IS NOT NULL`;
}

/** Index of the bucket an instant falls in; -1 before the first. */
export function bucketOf(edges: readonly number[], at: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The largest series of a dimension, the rest added up as `other`. */
function foldBurns(burns: readonly Burn[], dim: HistoryDim, edges: readonly number[]): ModelRows[] {
  const found = new Map<string, { readonly series: ModelRows; tokens: number }>();
  for (const burn of burns) {
    const id = dimsOf(burn).find(([name]) => name === dim)?.[1] ?? 'unknown';
    let entry = found.get(id);
    if (entry === undefined) found.set(id, (entry = { series: emptySeries(id, edges.length - 1), tokens: 0 }));
    entry.tokens += burn.inputTokens + burn.outputTokens;
    addSums(entry.series, bucketOf(edges, burn.minuteAt), [
      burn.requests,
      burn.inputTokens,
      burn.cacheReadTokens,
      burn.cacheWriteTokens,
      burn.outputTokens,
    ]);
  }
  const sorted = [...found.values()].toSorted((a, b) => b.tokens - a.tokens).map(({ series }) => series);
  if (sorted.length <= MOST_SERIES) return sorted;
  const other = emptySeries('other', edges.length - 1);
  for (const series of sorted.slice(MOST_SERIES)) {
    for (let i = 0; i < edges.length - 1; i++) addSums(other, i, sumsAt(series, i));
  }
  return [...sorted.slice(0, MOST_SERIES), other];
}

function restOf(all: ModelRows, parts: readonly ModelRows[]): ModelRows {
  const rest: ModelRows = { ...all, id: 'other' };
  for (const part of parts) {
    for (let i = 0; i < all.requests.length; i++) {
      const sums = sumsAt(part, i);
      rest.tokens[i]! -= part.tokens[i]! - sums[1] - sums[4];
      addSums(rest, i, [-sums[0], -sums[1], -sums[2], -sums[3], -sums[4]]);
    }
  }
  return rest;
}

type Sums = readonly [requests: number, input: number, cacheRead: number, cacheWrite: number, output: number];

function sumsAt({ requests, input, cacheRead, cacheWrite, output }: ModelRows, i: number): Sums {
  return [requests[i]!, input[i]!, cacheRead[i]!, cacheWrite[i]!, output[i]!];
}

function addSums(series: ModelRows, i: number, [requests, input, cacheRead, cacheWrite, output]: Sums): void {
  if (i < 0 || i >= series.requests.length) return;
  series.requests[i]! += requests;
  series.input[i]! += input;
  series.cacheRead[i]! += cacheRead;
  series.cacheWrite[i]! += cacheWrite;
  series.output[i]! += output;
  series.tokens[i]! += input + output;
}

function addRow(series: ModelRows, i: number, row: Record<string, SQLOutputValue>): void {
  const figure = (name: string) => Number(row[name] ?? 0);
  addSums(series, i, [
    figure('requests'),
    figure('input'),
    figure('cache_read'),
    figure('cache_write'),
    figure('output'),
  ]);
}

function emptySeries(id: string, length: number): ModelRows {
  const [requests, tokens, input, cacheRead, cacheWrite] = [0, 1, 2, 3, 4].map(() => zeros(length));
  const all = { requests: requests!, tokens: tokens!, input: input!, cacheRead: cacheRead!, cacheWrite: cacheWrite! };
  return { id, ...all, output: zeros(length) };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

/** Every dimension read; only models keep what prices need. */
function byDim(read: (dim: HistoryDim) => ModelRows[]): HistoryRows['burn'] {
  const slim = ({ id, requests, tokens }: ModelRows): SeriesRows => ({ id, requests, tokens });
  const others = HISTORY_DIMS.filter((dim) => dim !== 'model').map((dim) => [dim, read(dim).map(slim)] as const);
  return { ...(Object.fromEntries(others) as unknown as HistoryRows['burn']), model: read('model') };
}
