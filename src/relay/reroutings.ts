import { isRerouted } from '../core/model-name.ts';
import type { Rerouting } from '../core/snapshot.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** Requests of one account for one model that another one served, in the last 24 hours, counted by the hour. */
export interface Reroutings {
  /** Does nothing where the models are the same, or one is not known. */
  add(requested: string | undefined, served: string | undefined, at: number, count?: number): void;
  /** Most frequent first. */
  list(now: number): readonly Rerouting[];
  /** By the hour, in no order: what `add` takes. */
  all(): readonly Rerouting[];
}

interface Pair {
  readonly requested: string;
  readonly served: string;
  readonly byHour: Map<number, number>;
  lastAt: number;
}

export function createReroutings(): Reroutings {
  const pairs = new Map<string, Pair>();
  return {
    add(requested, served, at, count = 1) {
      if (requested === undefined || served === undefined || !isRerouted(requested, served)) return;
      const key = `${requested}\n${served}`;
      let pair = pairs.get(key);
      if (pair === undefined) pairs.set(key, (pair = { requested, served, byHour: new Map(), lastAt: at }));
      const hour = Math.floor(at / HOUR_MS);
      pair.byHour.set(hour, (pair.byHour.get(hour) ?? 0) + count);
      pair.lastAt = Math.max(pair.lastAt, at);
    },
    all: () =>
      [...pairs.values()].flatMap(({ requested, served, byHour, lastAt }) =>
        [...byHour].map(([hour, count]) => {
          const end = hour * HOUR_MS + HOUR_MS - 1;
          return { requested, served, count, lastAt: Math.min(lastAt, end) };
        }),
      ),
    list(now) {
      const first = Math.floor((now - DAY_MS) / HOUR_MS);
      for (const [key, { byHour }] of pairs) {
        for (const hour of byHour.keys()) if (hour < first) byHour.delete(hour);
        if (byHour.size === 0) pairs.delete(key);
      }
      return [...pairs.values()]
        .map(({ requested, served, byHour, lastAt }) => {
          const count = [...byHour.values()].reduce((sum, each) => sum + each, 0);
          return { requested, served, count, lastAt };
        })
        .toSorted((a, b) => b.count - a.count || b.lastAt - a.lastAt);
    },
  };
}
