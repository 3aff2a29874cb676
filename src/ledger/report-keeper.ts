import { mergeParts, type ReportPart } from './report-part.ts';
import { LOOK_BACK_MS, type PartMaker } from './report-reader.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SPANS, startOfSpan } from './report-store.ts';

/** Keeps parts of reports beside the exchanges, so that a report adds up days and hours and does not read them all again. */
export interface PartKeeper {
  /** An exchange was written or taken away. What was kept of its time is deleted with the next `write`. */
  touch(startedAt: number, durationMs: number): void;
  /** Deletes it, within the transaction that writes the exchanges. */
  write(): void;
  /** The exchanges were not written. */
  forget(): void;
  /** Exchanges before an instant are deleted, in the same transaction. */
  prune(before: number): void;
  /**
   * Makes parts that are missing, oldest first, in steps of some milliseconds while `goOn` says so; true where there is more to do.
   * Each part is there for good once it is made. `quiet`: nothing is written at present, so that the newest minute is worth it too.
   */
  settle(goOn: () => boolean, quiet: boolean): boolean;
}

/** Methods throw SQLite's errors. */
export function createPartKeeper({ walk, rows, store }: PartMaker): PartKeeper {
  /** Days before the one it falls in are kept, as far as is known. */
  let cursor = 0;
  let work: Generator<undefined, void> | undefined;
  /** The stretch that is being folded, from its first to its last instant. */
  let working: readonly [from: number, until: number] = [Infinity, -Infinity];
  /** Stretches that were touched: first minute -> last minute. */
  const touched = new Map<number, number>();

  function* make(spanMs: number, beginsAt: number): Generator<undefined, void> {
    working = [beginsAt, beginsAt + spanMs - 1];
    const parts: ReportPart[] = [];
    for (const part of walk(beginsAt, beginsAt + spanMs)) {
      if (part === undefined) yield;
      else parts.push(part);
    }
    if (parts.length > 0) store.put(spanMs, beginsAt, mergeParts(parts));
    yield;
  }

  /** Calls `each` with every stretch of that length in which an exchange began. */
  function* stretches(
    spanMs: number,
    from: number,
    until: number,
    each: (beginsAt: number) => Generator<undefined, void>,
  ): Generator<undefined, void> {
    for (let at = from; ;) {
      const first = rows.nextStart(at);
      if (first === undefined || first >= until) return;
      const begins = startOfSpan(first, spanMs);
      if (!store.has(spanMs, begins)) yield* each(begins);
      at = begins + spanMs;
    }
  }

  function* all(quiet: boolean): Generator<undefined, void> {
    const newest = rows.lastStart(Infinity) ?? 0;
    yield* stretches(DAY_MS, cursor, Infinity, function* day(begins) {
      const ends = begins + DAY_MS;
      yield* stretches(HOUR_MS, begins, ends, (hour) => ofHour(hour, newest, quiet));
      if (ends > newest) return;
      yield* make(DAY_MS, begins);
      cursor = ends;
    });
    cursor = Math.max(cursor, startOfSpan(newest, DAY_MS));
  }

  /** The newest hour is kept by the minute: an exchange that comes late spoils one of them only. */
  function* ofHour(hour: number, newest: number, quiet: boolean): Generator<undefined, void> {
    const ends = hour + HOUR_MS;
    if (ends <= newest) {
      yield* make(HOUR_MS, hour);
      store.drop(MINUTE_MS, hour, ends - 1);
      return;
    }
    yield* stretches(MINUTE_MS, hour, ends, function* minute(begins) {
      if (quiet || begins + MINUTE_MS <= newest) yield* make(MINUTE_MS, begins);
    });
  }

  return {
    touch(startedAt, durationMs) {
      const first = startOfSpan(startedAt, MINUTE_MS);
      // Of what began in the minute after it, it is one of the requests of that minute.
      const last = startOfSpan(startedAt + Math.max(durationMs, MINUTE_MS), MINUTE_MS);
      touched.set(first, Math.max(last, touched.get(first) ?? last));
    },
    write() {
      for (const [first, last] of touched) {
        for (const spanMs of SPANS) store.drop(spanMs, startOfSpan(first, spanMs), last);
        if (first <= working[1] && last + MINUTE_MS > working[0]) work = undefined;
        cursor = Math.min(cursor, startOfSpan(first, DAY_MS));
      }
      touched.clear();
    },
    forget: () => touched.clear(),
    prune(before) {
      // Later ones may count as under way what is gone now.
      for (const spanMs of SPANS) store.drop(spanMs, 0, before + LOOK_BACK_MS);
      cursor = Math.min(cursor, startOfSpan(before, DAY_MS));
      work = undefined;
    },
    settle(goOn, quiet) {
      const mine = (work ??= all(quiet));
      try {
        do if (mine.next().done === true) work = undefined;
        while (work !== undefined && goOn());
      } catch (error) {
        work = undefined;
        throw error;
      }
      if (work === undefined) working = [Infinity, -Infinity];
      return work !== undefined;
    },
  };
}
