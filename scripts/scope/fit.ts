import { BUCKET_BITS, BUCKETS, wordHash } from '../../src/scope/feature-hash.ts';
import { createFeatureReader } from '../../src/scope/features.ts';
import { addKnown, KNOWN_BYTES, MAX_LEVEL, SIZES } from '../../src/scope/model-coding.ts';
import { createChance, type Row } from './rows.ts';

/** Extracted rows, end to end: row r has the entries `from[r]` to `from[r + 1]`: the bucket in the low bits, the owner above. */
export interface Matrix {
  readonly from: Int32Array;
  readonly buckets: Int32Array;
  /** How many features a row has, those left out of the matrix included. */
  readonly sizes: Int32Array;
  /** 1 is off-scope, 0 coding, 0.5 neither. */
  readonly labels: Float32Array;
  readonly weights: Float32Array;
}

export interface Weighted {
  readonly row: Row;
  readonly weight: number;
}

/** Words of at least two letters seen in three rows or more: what the coverage gate counts as known. */
export function knownWords(rows: readonly Row[]): Uint8Array {
  const seen = new Map<string, number>();
  for (const { text, lang } of rows) {
    if (lang !== 'en') continue;
    const words = new Set(
      text
        .slice(0, 1200)
        .toLowerCase()
        .replaceAll(/['’](?=[a-z])/g, '')
        .match(/[a-z_]{2,}/g) ?? [],
    );
    for (const word of words) seen.set(word, (seen.get(word) ?? 0) + 1);
  }
  const bits = new Uint8Array(KNOWN_BYTES);
  const listed = [...seen].filter(([, n]) => n >= 3).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  for (const [word] of listed.slice(0, 16_000)) addKnown(bits, wordHash(word));
  return bits;
}

/** Features of rows; only those of the buckets `kept`, where given. */
export function extract(rows: readonly Weighted[], kept?: Uint8Array): Matrix {
  const read = createFeatureReader(() => false);
  const from = new Int32Array(rows.length + 1);
  const sizes = new Int32Array(rows.length);
  let buckets = new Int32Array(1 << 22);
  let at = 0;
  rows.forEach(({ row }, index) => {
    from[index] = at;
    const features = read(row.text);
    if (at + features.count > buckets.length) {
      const larger = new Int32Array(buckets.length * 2);
      larger.set(buckets);
      buckets = larger;
    }
    sizes[index] = features.count;
    for (let i = 0; i < features.count; i++) {
      const bucket = features.buckets[i]!;
      if (kept === undefined || kept[bucket] === 1) buckets[at++] = bucket | (features.owners[i]! << BUCKET_BITS);
    }
  });
  from[rows.length] = at;
  return {
    from,
    buckets,
    sizes,
    labels: Float32Array.from(rows, ({ row }) => TARGET[row.label]),
    weights: Float32Array.from(rows, ({ weight }) => weight),
  };
}

const TARGET = { coding: 0, ambiguous: 0.5, 'off-scope': 1 } as const;

export interface FitOptions {
  readonly epochs: number;
  readonly rate: number;
  readonly l2: number;
  /** Share of a row's features left out at each visit, so that no single word carries a row. */
  readonly dropout: number;
  /** Largest weight a bucket may have. */
  readonly cap: number;
  /** Most that one word may add or take to a row's log-odds. */
  readonly wordCap: number;
  readonly wordCapOff: number;
  readonly seed: number;
}

/** Logistic regression by AdaGrad over rows in a random but fixed order; features count 1/sqrt(n) each. */
export function fit(matrix: Matrix, options: FitOptions): { readonly weights: Float32Array; readonly bias: number } {
  const { from, buckets, sizes, labels, weights: rowWeights } = matrix;
  const weights = new Float32Array(BUCKETS);
  const squares = new Float32Array(BUCKETS).fill(1e-6);
  let bias = 0;
  let biasSquares = 1e-6;
  const chance = createChance(options.seed);
  const order = Int32Array.from(labels, (_, i) => i);
  const kept = new Int32Array(16_384);
  const ofWord = new Float32Array(2048);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(chance() * (i + 1));
      const swap = order[i]!;
      order[i] = order[j]!;
      order[j] = swap;
    }
    for (const r of order) {
      let n = 0;
      for (let k = from[r]!; k < from[r + 1]!; k++) {
        if (options.dropout === 0 || chance() >= options.dropout) kept[n++] = buckets[k]!;
      }
      if (n === 0) continue;
      const x = 1 / Math.sqrt(Math.max(1, sizes[r]! * (1 - options.dropout)));
      let z = 0;
      let words = 0;
      for (let k = 0; k < n; k++) {
        const w = weights[kept[k]! & (BUCKETS - 1)]!;
        const owner = kept[k]! >>> BUCKET_BITS;
        if (owner === 0) z += w;
        else {
          ofWord[owner]! += w;
          if (owner > words) words = owner;
        }
      }
      const most = options.wordCapOff / x;
      const least = -options.wordCap / x;
      for (let word = 1; word <= words; word++) z += Math.max(least, Math.min(most, ofWord[word]!));
      const p = 1 / (1 + Math.exp(-(bias + z * x)));
      const gradient = (p - labels[r]!) * rowWeights[r]!;
      biasSquares += gradient * gradient;
      bias -= (options.rate * 0.1 * gradient) / Math.sqrt(biasSquares);
      const g0 = gradient * x;
      const pushed = Math.abs(gradient) < 1e-4 ? 0 : n;
      for (let k = 0; k < pushed; k++) {
        const b = kept[k]! & (BUCKETS - 1);
        const owner = kept[k]! >>> BUCKET_BITS;
        // A word at its limit is not pushed further; it may come back.
        if (owner !== 0 && (g0 < 0 ? ofWord[owner]! >= most : ofWord[owner]! <= least)) continue;
        const w = weights[b]!;
        const g = g0 + options.l2 * w;
        const s = squares[b]! + g * g;
        squares[b] = s;
        const next = w - (options.rate * g) / Math.sqrt(s);
        weights[b] = next > options.cap ? options.cap : next < -options.cap ? -options.cap : next;
      }
      ofWord.fill(0, 0, words + 1);
    }
  }
  return { weights, bias };
}

/** The buckets worth keeping: what a weight does to scores is its size times how often its bucket is met (the root of it). */
export function heaviest({ buckets, from }: Matrix, weights: Float32Array, most: number): Uint8Array {
  const met = new Int32Array(BUCKETS);
  for (let k = 0; k < from.at(-1)!; k++) met[buckets[k]! & (BUCKETS - 1)]!++;
  const worth = Float32Array.from(weights, (w, b) => (met[b]! < 3 ? 0 : Math.abs(w) * Math.sqrt(met[b]!)));
  const least = worth.toSorted()[BUCKETS - most]!;
  return Uint8Array.from(worth, (each) => (each > 0 && each >= least ? 1 : 0));
}

/** Weights as levels of `scale` each: of the kept ones each takes the nearest of four sizes, found by Lloyd's rounds. */
export function quantise(weights: Float32Array): {
  readonly levels: Int8Array;
  readonly sizes: readonly number[];
  readonly scale: number;
} {
  const given = weights
    .filter((w) => w !== 0)
    .map(Math.abs)
    .toSorted();
  const scale = given[Math.floor(given.length * 0.9995)]! / MAX_LEVEL;
  let means = Array.from({ length: SIZES }, (_, i) => given[Math.floor((given.length * (2 * i + 1)) / (2 * SIZES))]!);
  const nearest = (size: number): number => {
    let best = 0;
    for (let i = 1; i < SIZES; i++) if (Math.abs(size - means[i]!) < Math.abs(size - means[best]!)) best = i;
    return best;
  };
  for (let round = 0; round < 40; round++) {
    const sums = new Float64Array(SIZES);
    const counts = new Int32Array(SIZES);
    for (const size of given) {
      const i = nearest(size);
      sums[i]! += size;
      counts[i]!++;
    }
    means = means.map((mean, i) => (counts[i] === 0 ? mean : sums[i]! / counts[i]!));
  }
  const sizes: number[] = [];
  for (const mean of means)
    sizes.push(Math.max((sizes.at(-1) ?? 0) + 1, Math.min(MAX_LEVEL, Math.round(mean / scale))));
  const levels = Int8Array.from(weights, (w) => (w === 0 ? 0 : Math.sign(w) * sizes[nearest(Math.abs(w))]!));
  return { scale, sizes, levels };
}

/** Platt scaling: slope and shift that make raw scores log-odds; `weights` within a class, both classes given equal weight. */
export function calibrate(
  raws: readonly number[],
  labels: readonly number[],
  weights: readonly number[],
): readonly [number, number] {
  const totals = [0, 0];
  labels.forEach((label, i) => (totals[label]! += weights[i]!));
  const weightOf = (i: number): number => (0.5 * weights[i]!) / Math.max(1e-9, totals[labels[i]!]!);
  let slope = 1;
  let shift = 0;
  for (let round = 0; round < 60; round++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-6, 0, 1e-6];
    raws.forEach((x, i) => {
      const w = weightOf(i);
      const p = 1 / (1 + Math.exp(-(slope * x + shift)));
      const e = (p - labels[i]!) * w;
      const h = p * (1 - p) * w;
      ga += e * x;
      gb += e;
      haa += h * x * x;
      hab += h * x;
      hbb += h;
    });
    const det = haa * hbb - hab * hab;
    slope -= (hbb * ga - hab * gb) / det;
    shift -= (haa * gb - hab * ga) / det;
  }
  return [Number(slope.toFixed(4)), Number(shift.toFixed(4))];
}
