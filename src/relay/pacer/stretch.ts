/**
 * Learns a limit of the kind "so many requests in so long" from what a provider took and refused, to know when the next
 * one will pass. For each number of requests it keeps how long the stretch may be: longer than from the n-th last request
 * taken to a refusal, and no longer than from there to a request that was taken. Numbers for which that is impossible drop out.
 */
export interface Stretch {
  /** A request that was let go at this instant was taken. */
  taken(at: number): void;
  /** A request that was let go at this instant, with no other under way, was refused. */
  refused(at: number): void;
  /** When a request should pass again; undefined while too little is known. */
  freeAt(): number | undefined;
  /** The first instant in a span at which a request that was taken leaves a stretch of usual length; undefined for none. */
  usualAt(from: number, until: number): number | undefined;
}

interface Bounds {
  above: number;
  upTo: number;
  /** A refusal was followed by a request that was taken: before that it is only a guess. */
  seen: boolean;
}

/** Requests remembered, and with that the largest number that can be learned. */
const KEPT = 40;
/** A limit longer than this is a window, which is known otherwise. */
const LONGEST_MS = 120_000;
/** Lengths in which providers count: ten seconds, half a minute, a minute. */
const USUAL_MS = [10_000, 30_000, 60_000];
/** Below this the half way is not worth a try of its own. */
const FINE_MS = 600;
/** Clocks on both sides and the way between them. */
const SLACK_MS = 60;

export function createStretch(): Stretch {
  /** Instants at which requests that were taken were let go, oldest first. */
  let takenAt: number[] = [];
  let bounds = fresh();

  function fresh(): Bounds[] {
    return Array.from({ length: KEPT }, () => ({ above: 0, upTo: Infinity, seen: false }));
  }

  /** Instant of the n-th last request taken before `at`; undefined where there were fewer. */
  function nthBefore(n: number, at: number): number | undefined {
    const before = takenAt.filter((each) => each < at);
    return before[before.length - n];
  }

  function possible({ above, upTo }: Bounds): boolean {
    return above < Math.min(upTo, LONGEST_MS);
  }

  return {
    taken(at) {
      bounds.forEach((each, i) => {
        const nth = nthBefore(i + 1, at);
        if (nth === undefined) return;
        each.upTo = Math.min(each.upTo, at - nth + SLACK_MS);
        each.seen ||= each.above > 0;
      });
      takenAt = [...takenAt, at].toSorted((a, b) => a - b).slice(-KEPT);
    },
    refused(at) {
      bounds.forEach((each, i) => {
        // Fewer taken than this number, and refused all the same: it is not this number.
        each.above = Math.max(each.above, at - (nthBefore(i + 1, at) ?? -Infinity));
      });
      if (!bounds.some(possible)) bounds = fresh(); // the limit changed, or it is of another kind
    },
    freeAt() {
      const last = takenAt.length;
      const times = bounds.flatMap((each, i) => {
        const nth = takenAt[last - i - 1];
        if (nth === undefined || !each.seen || !possible(each)) return [];
        const wait = each.upTo - each.above > FINE_MS ? (each.above + each.upTo) / 2 : each.upTo;
        return [nth + wait];
      });
      return times.length === 0 ? undefined : Math.min(...times);
    },
    usualAt(from, until) {
      const ends = takenAt.flatMap((at) => USUAL_MS.map((ms) => at + ms + SLACK_MS));
      return ends.toSorted((a, b) => a - b).find((at) => at >= from && at <= until);
    },
  };
}
