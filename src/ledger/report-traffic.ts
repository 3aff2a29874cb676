/** Requests of accounts as they begin, one after the other: how many are under way beside each, and began in its minute. */
export interface Traffic {
  /**
   * A request of `account` begins at `at`, not before the one given last. `endsAt` is undefined for one that lies within
   * another: it is not under way by itself. Both figures include the request.
   */
  begin(
    account: string,
    at: number,
    endsAt: number | undefined,
  ): { readonly inFlight: number; readonly perMinute: number };
  /** What is still under way at `at`. */
  open(at: number): OpenRequest[];
}

export type OpenRequest = readonly [account: string, endsAt: number];

interface Account {
  /** When those under way end, soonest first. */
  readonly ends: number[];
  /** Starts, those before `from` longer ago than a minute. */
  starts: number[];
  from: number;
}

const MINUTE_MS = 60_000;

/** `open` as an earlier part of the same account of requests left it; `starts` of the minute before, oldest first. */
export function createTraffic(
  open: readonly OpenRequest[] = [],
  starts: readonly (readonly [account: string, at: number])[] = [],
): Traffic {
  const accounts = new Map<string, Account>();
  function accountOf(key: string): Account {
    let of = accounts.get(key);
    if (of === undefined) accounts.set(key, (of = { ends: [], starts: [], from: 0 }));
    return of;
  }
  for (const [key, endsAt] of open) insertSorted(accountOf(key).ends, endsAt);
  for (const [key, at] of starts) accountOf(key).starts.push(at);

  return {
    begin(key, at, endsAt) {
      const of = accountOf(key);
      const { ends } = of;
      let over = 0;
      while (over < ends.length && ends[over]! <= at) over += 1;
      if (over > 0) ends.splice(0, over);
      const inFlight = endsAt === undefined ? Math.max(1, ends.length) : ends.length + 1;
      if (endsAt !== undefined) insertSorted(ends, endsAt);
      while (of.from < of.starts.length && of.starts[of.from]! <= at - MINUTE_MS) of.from += 1;
      if (of.from > 1024 && of.from * 2 > of.starts.length) {
        of.starts = of.starts.slice(of.from);
        of.from = 0;
      }
      of.starts.push(at);
      return { inFlight, perMinute: of.starts.length - of.from };
    },
    open: (at) =>
      [...accounts].flatMap(([key, { ends }]) => ends.filter((end) => end > at).map((end) => [key, end] as const)),
  };
}

function insertSorted(sorted: number[], value: number): void {
  let at = sorted.length;
  while (at > 0 && sorted[at - 1]! > value) at -= 1;
  sorted.splice(at, 0, value);
}
