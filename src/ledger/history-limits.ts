import type { SQLOutputValue } from 'node:sqlite';
import type { Burn } from '../core/usage.ts';
import type { HistoryAsk } from './history-ask.ts';
import { hourOf } from './history-writer.ts';
import type { Database } from './sqlite.ts';

export interface WindowRows {
  /** The fullest reading of each bucket. */
  readonly peaks: (number | null)[];
  /** Readings of the present cycle, oldest first, at most 240. */
  readonly points: readonly (readonly [at: number, fraction: number])[];
  /** The newest cycles of the span, oldest first, with what was burned between their first and last reading. */
  readonly cycles: readonly CycleRows[];
}

export interface CycleRows {
  readonly lastAt: number;
  /** Fraction of the allowance between the two readings. */
  readonly over: number;
  /** Sums by model, those of peak hours apart; `minuteAt` is the first hour they were burned in, agents are not told apart. */
  readonly burns: readonly Burn[];
}

interface Group {
  readonly policy: string;
  readonly source: string;
  readonly model: string;
  readonly windowMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_POINTS = 240;
/** Less of an allowance than this says too little of what one percent holds. */
const LEAST_OVER = 0.05;
const FRACTION = 'coalesce(used_fraction, used / limit_value, 1 - remaining / limit_value)';
const WHICH = 'provider_id = ? AND account_key = ? AND policy = ? AND source = ? AND model = ?';

/** Reads how full allowances were. Throws SQLite's errors. */
export function createLimitHistory(db: Database): (ask: HistoryAsk) => WindowRows[] {
  const selectGroups =
    db.prepare(`SELECT policy, source, model, max(window_ms) AS window_ms, count(*) AS hours FROM limit_hour
    WHERE provider_id = ? AND account_key = ? AND hour_at >= ? AND hour_at < ? AND window_ms IS NOT NULL
    GROUP BY policy, source, model ORDER BY hours DESC`);
  const selectPeaks = db.prepare(`WITH bucket AS MATERIALIZED
    (SELECT value AS begins, lead(value) OVER (ORDER BY key) AS ends FROM json_each(?6))
    SELECT (SELECT max(peak_fraction) FROM limit_hour WHERE provider_id = ?1 AND account_key = ?2 AND policy = ?3
      AND source = ?4 AND model = ?5 AND hour_at >= begins AND hour_at < ends) AS peak
    FROM bucket WHERE ends IS NOT NULL`);
  const selectHours = db.prepare(`SELECT seen_at AS at, last_fraction AS fraction, resets_at FROM limit_hour
    WHERE ${WHICH} AND hour_at >= ? AND hour_at < ? ORDER BY hour_at`);
  const selectMinutes = db.prepare(`SELECT seen_at AS at, ${FRACTION} AS fraction FROM rate_limit_history
    WHERE minute_at >= ? AND minute_at < ? AND ${WHICH} ORDER BY minute_at`);
  // Two rows at most: what was burned in peak hours, and outside them. 1 January 1970 was a Thursday.
  const selectBurns = db.prepare(`SELECT id, min(hour_at) AS hour_at, sum(requests) AS requests,
    sum(input_tokens) AS input_tokens, sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens, sum(output_tokens) AS output_tokens
    FROM burn_hour WHERE provider_id = :provider AND account_key = :account AND dim = 'model' AND id = :model
    AND hour_at >= :begin AND hour_at < :end
    GROUP BY (:weekdays >> ((hour_at + :offset) / ${DAY_MS} + 3) % 7) & 1 = 1
      AND (hour_at + :offset) % ${DAY_MS} >= :peakFrom AND (hour_at + :offset) % ${DAY_MS} < :peakUntil`);
  const selectModels = db.prepare(`WITH RECURSIVE model(id) AS (
      SELECT min(id) FROM burn_hour WHERE provider_id = ?1 AND account_key = ?2 AND dim = 'model'
      UNION ALL SELECT (SELECT min(b.id) FROM burn_hour b
        WHERE provider_id = ?1 AND account_key = ?2 AND dim = 'model' AND b.id > model.id) FROM model WHERE id IS NOT NULL)
    SELECT id FROM model WHERE id IS NOT NULL`);

  function peaksOf(ask: HistoryAsk, group: Group): (number | null)[] {
    const { edges, grain } = ask;
    const key = keyOf(ask, group);
    if (grain === 'hour') {
      return selectPeaks.all(...key, JSON.stringify(edges)).map((row) => numberOf(row['peak']) ?? null);
    }
    const peaks: (number | null)[] = edges.slice(1).map(() => null);
    let i = 0;
    for (const row of selectMinutes.all(edges[0]!, edges.at(-1)!, ...key)) {
      const fraction = numberOf(row['fraction']);
      if (fraction === undefined) continue;
      const at = Number(row['at']);
      while (i + 2 < edges.length && edges[i + 1]! <= at) i++;
      peaks[i] = Math.max(peaks[i] ?? 0, fraction);
    }
    return peaks;
  }

  function pointsOf(ask: HistoryAsk, group: Group, startsAt: number): WindowRows['points'] {
    const key = keyOf(ask, group);
    const until = ask.edges.at(-1)!;
    const rows =
      group.windowMs <= DAY_MS
        ? selectMinutes.all(startsAt, until, ...key)
        : selectHours.all(...key, hourOf(startsAt), until);
    const points = rows.flatMap((row): [number, number][] => {
      const fraction = numberOf(row['fraction']);
      const at = Number(row['at']);
      return fraction === undefined || at < startsAt ? [] : [[at, fraction]];
    });
    const step = Math.ceil(points.length / MOST_POINTS);
    return step <= 1 ? points : points.filter((_, i) => i % step === 0 || i === points.length - 1);
  }

  function cyclesOf(ask: HistoryAsk, group: Group): CycleRows[] {
    const { providerId, accountKey, edges } = ask;
    const most = group.windowMs <= DAY_MS ? 48 : 12;
    const from = Math.max(edges[0]!, edges.at(-1)! - most * group.windowMs);
    const rows = selectHours.all(...keyOf(ask, group), hourOf(from), edges.at(-1)!);
    const models = selectModels.all(providerId, accountKey).map((row) => String(row['id']));
    return splitCycles(rows, group.windowMs).flatMap(({ first, last }) => {
      const over = last.fraction - first.fraction;
      if (over < LEAST_OVER) return [];
      const [begin, end] = [hourOf(first.at) + HOUR_MS, hourOf(last.at) + HOUR_MS];
      const burns = models.flatMap((model) =>
        selectBurns
          .all({ provider: providerId, account: accountKey, model, begin, end, ...peakValues(ask.peak) })
          .map((row) => burnOfHour(row, providerId, accountKey)),
      );
      return [{ lastAt: last.at, over, burns }];
    });
  }

  return (ask) => {
    const { providerId, accountKey, edges, windows } = ask;
    const earliest = Math.min(edges[0]!, ...windows.map(({ startsAt }) => startsAt ?? Infinity));
    const groups = selectGroups.all(providerId, accountKey, hourOf(earliest), edges.at(-1)!).map((row) => ({
      policy: String(row['policy']),
      source: String(row['source']),
      model: String(row['model']),
      windowMs: Number(row['window_ms']),
    }));
    return windows.map((window) => {
      const group = groups.find(
        ({ windowMs, model }) =>
          windowMs >= window.shortestMs && windowMs <= window.longestMs && model.toLowerCase() === window.model,
      );
      if (group === undefined) return { peaks: edges.slice(1).map(() => null), points: [], cycles: [] };
      return {
        peaks: peaksOf(ask, group),
        points: window.startsAt === undefined ? [] : pointsOf(ask, group, window.startsAt),
        cycles: cyclesOf(ask, group),
      };
    });
  };
}

function peakValues(peak: HistoryAsk['peak']) {
  return {
    weekdays: peak?.weekdays ?? 0,
    offset: peak?.offsetMs ?? 0,
    peakFrom: (peak?.startHour ?? 0) * HOUR_MS,
    peakUntil: (peak?.endHour ?? 0) * HOUR_MS,
  };
}

interface Reading {
  readonly at: number;
  readonly fraction: number;
  readonly resetsAt: number | undefined;
}

/** First and last reading of each cycle: one ends where the reset moves on or, where none is told, where the figure falls. */
function splitCycles(
  rows: readonly Record<string, SQLOutputValue>[],
  windowMs: number,
): readonly { readonly first: Reading; readonly last: Reading }[] {
  const cycles: { first: Reading; last: Reading }[] = [];
  for (const row of rows) {
    const reading = {
      at: Number(row['at']),
      fraction: Number(row['fraction']),
      resetsAt: numberOf(row['resets_at']),
    };
    const current = cycles.at(-1);
    const before = current?.last;
    const anew =
      before === undefined ||
      reading.fraction < before.fraction - 0.001 ||
      (reading.resetsAt !== undefined &&
        before.resetsAt !== undefined &&
        Math.abs(reading.resetsAt - before.resetsAt) > windowMs / 4);
    if (current === undefined || anew) cycles.push({ first: reading, last: reading });
    else current.last = reading;
  }
  return cycles;
}

function keyOf({ providerId, accountKey }: HistoryAsk, { policy, source, model }: Group) {
  return [providerId, accountKey, policy, source, model] as const;
}

function burnOfHour(row: Record<string, SQLOutputValue>, providerId: string, accountKey: string): Burn {
  return {
    minuteAt: Number(row['hour_at']),
    providerId,
    accountKey,
    model: String(row['id']),
    agentId: 'unknown',
    requests: Number(row['requests']),
    inputTokens: Number(row['input_tokens']),
    cacheReadTokens: Number(row['cache_read_tokens']),
    cacheWriteTokens: Number(row['cache_write_tokens']),
    outputTokens: Number(row['output_tokens']),
  };
}

function numberOf(value: SQLOutputValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
