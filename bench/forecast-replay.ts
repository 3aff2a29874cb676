// node bench/forecast-replay.ts: how well forecasts come true on made-up but believable histories (seeded: the same each time).
import { forecastWindow } from '../src/quota/forecast.ts';
import { foldWindows } from '../src/quota/fold-windows.ts';
import { findProvider } from '../src/providers/list.ts';
import type { Burn } from '../src/core/usage.ts';
import { historyOf, type HistoryOptions } from './forecast-history.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 8, 7); // a Monday

export interface ReplayResult {
  readonly window: string;
  /** Forecasts that said "runs out" or "lasts". */
  readonly said: number;
  /** Asked, and said to be unknown. */
  readonly unknown: number;
  /** Said to run out, and did before the reset. */
  readonly hit: number;
  readonly falseAlarm: number;
  /** Said to last, and ran out. */
  readonly missed: number;
  /** |said - true| time of exhaustion as a fraction of the window, median over hits. */
  readonly medianError: number;
}

/** Replays `weeks` weeks of each history and compares every forecast with what then happened. */
export function replay(histories: readonly HistoryOptions[], weeks: number): readonly ReplayResult[] {
  const plan = findProvider('zai')!.plans.find(({ id }) => id.endsWith('pro'))!;
  const sums = new Map<
    string,
    { said: number; unknown: number; hit: number; falseAlarm: number; missed: number; errors: number[] }
  >();
  for (const options of histories) {
    const burns = historyOf({ ...options, from: START, until: START + weeks * 7 * DAY_MS });
    for (let now = START + DAY_MS; now < START + (weeks * 7 - 7) * DAY_MS; now += 37 * 60_000) {
      const seen = burns.filter(({ minuteAt }) => minuteAt <= now && minuteAt > now - 35 * DAY_MS);
      // The week is one that began with the history, so that both kinds of window are replayed.
      const resetsAt = START + (Math.floor((now - START) / (7 * DAY_MS)) + 1) * 7 * DAY_MS;
      for (const window of foldWindows({ plan, burns: seen, limits: [], now })) {
        const known =
          window.id === 'week'
            ? { ...window, resetsAt, ...useSince(resetsAt - 7 * DAY_MS, seen, window.limit!) }
            : window;
        const forecast = forecastWindow({ window: known, plan, burns: seen, now });
        if (forecast === undefined || known.usedFraction! >= 1) continue;
        const sum = sums.get(window.id) ?? { said: 0, unknown: 0, hit: 0, falseAlarm: 0, missed: 0, errors: [] };
        sums.set(window.id, sum);
        if (forecast.outlook === 'unknown') {
          sum.unknown += 1;
          continue;
        }
        sum.said += 1;
        const truth = exhaustion(burns, known.resetsAt! - known.windowMs!, known.resetsAt!, known.limit!);
        if (forecast.exhaustsAt !== undefined && truth !== undefined) {
          sum.hit += 1;
          sum.errors.push(Math.abs(forecast.exhaustsAt - truth) / known.windowMs!);
        } else if (forecast.exhaustsAt !== undefined) sum.falseAlarm += 1;
        else if (truth !== undefined) sum.missed += 1;
      }
    }
  }
  return [...sums].map(([window, { errors, ...rest }]) => {
    const sorted = errors.toSorted((a, b) => a - b);
    return { window, ...rest, medianError: sorted[Math.floor(sorted.length / 2)] ?? 0 };
  });

  function useSince(from: number, seen: readonly Burn[], limit: number) {
    const used = credits(seen.filter(({ minuteAt }) => minuteAt >= from));
    return { used, usedFraction: used / limit };
  }

  function credits(part: readonly Burn[]): number {
    const week = foldWindows({
      plan: { ...plan, windows: [{ ...plan.windows[0]!, id: 'all', kind: 'fixed', windowMs: 365 * DAY_MS }] },
      burns: part,
      limits: [],
      now: START + 300 * DAY_MS,
    });
    return week[0]?.used ?? 0;
  }

  function exhaustion(burns: readonly Burn[], from: number, until: number, limit: number): number | undefined {
    const part = burns.filter(({ minuteAt }) => minuteAt >= from && minuteAt < until);
    if (credits(part) < limit) return undefined;
    let [low, high] = [0, part.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (credits(part.slice(0, middle)) >= limit) high = middle;
      else low = middle + 1;
    }
    return part[low - 1]?.minuteAt;
  }
}

export const HISTORIES: readonly HistoryOptions[] = [
  { seed: 1, hours: [1, 10], weekends: false, turnsPerHour: 6, tokens: 60_000 },
  { seed: 2, hours: [1, 10], weekends: false, turnsPerHour: 14, tokens: 90_000 },
  { seed: 3, hours: [7, 17], weekends: true, turnsPerHour: 10, tokens: 80_000 },
  { seed: 4, hours: [7, 15], weekends: false, turnsPerHour: 20, tokens: 120_000 },
  { seed: 5, hours: [17, 23], weekends: true, turnsPerHour: 8, tokens: 150_000 },
  { seed: 6, hours: [2, 22], weekends: true, turnsPerHour: 12, tokens: 100_000 },
  { seed: 7, hours: [3, 12], weekends: false, turnsPerHour: 30, tokens: 260_000 },
  { seed: 8, hours: [7, 19], weekends: true, turnsPerHour: 25, tokens: 300_000 },
];

if (import.meta.main) console.table(replay(HISTORIES, 6));
