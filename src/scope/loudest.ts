import { KIND } from './feature-hash.ts';
import type { Features } from './features.ts';

/** A stretch of the text and what its features add up to, in levels. */
export interface Loud {
  readonly start: number;
  readonly end: number;
  readonly levels: number;
}

/** Levels below this are left out when words are named: many of them say less than one word. */
const SLIGHT = 4;
const LONGEST = 40;
const SLOTS = 4096;

/**
 * Makes the finder of the loudest stretches: features of the same place added up, then the largest one by one. It keeps its
 * arrays and sorts nothing, since only a handful of a thousand places is asked for.
 */
export function createLoudest(
  weights: Int8Array,
): (features: Features, towards: 1 | -1, take: (loud: Loud) => boolean) => void {
  const starts = new Int32Array(SLOTS);
  const ends = new Int32Array(SLOTS);
  const levels = new Int32Array(SLOTS);
  const slots = new Int16Array(SLOTS * 2);
  const rounds = new Uint16Array(SLOTS * 2);
  let round = 0;

  function slotOf(start: number, end: number, count: number): number {
    let at = (Math.imul(start * 64 + (end - start), 0x9e3779b1) >>> 19) & (SLOTS * 2 - 1);
    for (;;) {
      if (rounds[at] !== round) {
        rounds[at] = round;
        slots[at] = count;
        return count;
      }
      const slot = slots[at]!;
      if (starts[slot] === start && ends[slot] === end) return slot;
      at = (at + 1) & (SLOTS * 2 - 1);
    }
  }

  /** Gives places, largest first, until `take` says that it has enough. */
  return (features, towards, take) => {
    if (++round === 0xffff) {
      rounds.fill(0);
      round = 1;
    }
    let count = 0;
    for (let i = 0; i < features.count && count < SLOTS; i++) {
      const level = weights[features.buckets[i]!]!;
      if (level > -SLIGHT && level < SLIGHT) continue;
      const kind = features.kinds[i]!;
      const start = features.starts[i]!;
      const end = features.ends[i]!;
      if (kind === KIND.shape || kind === KIND.han || end - start > LONGEST) continue;
      const slot = slotOf(start, end, count);
      if (slot === count) {
        starts[count] = start;
        ends[count] = end;
        levels[count++] = level * towards;
      } else levels[slot]! += level * towards;
    }
    for (let given = 0; given < count; given++) {
      let best = 0;
      for (let slot = 1; slot < count; slot++) if (levels[slot]! > levels[best]!) best = slot;
      const found = levels[best]!;
      if (found <= 0 || take({ start: starts[best]!, end: ends[best]!, levels: found })) return;
      levels[best] = 0;
    }
  };
}
