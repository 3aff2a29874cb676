import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One labelled prompt. */
export interface Row {
  readonly text: string;
  readonly label: 'coding' | 'off-scope' | 'ambiguous';
  readonly category: string;
  readonly lang: string;
  readonly source: string;
  readonly licence?: string;
  readonly prev?: string;
  readonly tools?: readonly string[];
  readonly client?: string;
}

/** Rows of a JSONL file. Throws where a line is no JSON: half a data set trains half a model. */
export function readRows(folder: string, name: string): readonly Row[] {
  return readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** Deterministic chance: the same seed gives the same numbers on every machine (mulberry32). */
export function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
