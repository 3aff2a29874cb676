import type { HistoryBucket } from '../core/history.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The finest buckets that still leave few enough of them to be told apart: 60 to 400. */
export function bucketFor(spanMs: number): HistoryBucket {
  if (spanMs <= 10 * HOUR) return '5m';
  if (spanMs <= 3 * DAY) return '15m';
  if (spanMs <= 10 * DAY) return '1h';
  return spanMs <= 62 * DAY ? '6h' : '1d';
}

/** 0 to a round figure at or above `most`, in three to five steps. `[0, 1]` where there is nothing. */
export function valueTicks(most: number): readonly number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough)! * power;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}

/**
 * At most `count` instants of the span at whole hours, days or months of the zone, with the parts of a date worth saying.
 * `offsetMs` is the zone's offset from UTC now.
 */
export function timeTicks(
  { from, to }: Span,
  count: number,
  offsetMs: number,
): { readonly ticks: readonly number[]; readonly unit: 'time' | 'day' | 'month' } {
  const span = to - from;
  if (span > 120 * DAY) return { ticks: monthTicks(from, to, offsetMs, count), unit: 'month' };
  const steps = [
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    3 * DAY,
    7 * DAY,
    14 * DAY,
  ];
  // Over more than three days hours say less than days.
  const step = steps.find((each) => span / each <= count && (span <= 3 * DAY || each >= DAY)) ?? 28 * DAY;
  const ticks: number[] = [];
  // Weeks are counted from a Monday: 5 January 1970 was one.
  const base = step >= 7 * DAY ? 4 * DAY : 0;
  for (let at = Math.ceil((from + offsetMs - base) / step) * step + base - offsetMs; at <= to; at += step)
    ticks.push(at);
  return { ticks, unit: step >= DAY ? 'day' : 'time' };
}

function monthTicks(from: number, to: number, offsetMs: number, count: number): readonly number[] {
  const first = new Date(from + offsetMs);
  const every = Math.ceil((to - from) / (30.4 * DAY) / count);
  const ticks: number[] = [];
  for (let month = first.getUTCMonth() + 1; ; month += every) {
    const at = Date.UTC(first.getUTCFullYear(), month) - offsetMs;
    if (at > to) return ticks;
    ticks.push(at);
  }
}

/** Each value on top of the sum of those before it: `[[0, a], [a, a + b], …]` for every bucket. */
export function stack(series: readonly (readonly number[])[]): readonly (readonly (readonly [number, number])[])[] {
  const sums = series[0]?.map(() => 0) ?? [];
  return series.map((values) =>
    values.map((value, i) => {
      const below = sums[i]!;
      const above = below + value;
      sums[i] = above;
      return [below, above] as const;
    }),
  );
}

/** The span made `factor` times as long around an instant of it, within bounds and no shorter than half an hour. */
export function zoom(span: Span, around: number, factor: number, bounds: Span): Span {
  const length = Math.min(bounds.to - bounds.from, Math.max(30 * MINUTE, (span.to - span.from) * factor));
  const share = (around - span.from) / (span.to - span.from);
  const from = Math.min(Math.max(bounds.from, around - share * length), bounds.to - length);
  return { from: Math.round(from), to: Math.round(from + length) };
}

/** Index of the bucket an instant falls in, held within them. */
export function bucketAt(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return Math.min(Math.max(0, low - 1), starts.length - 1);
}

/** How long buckets are; the last one is cut at now and tells nothing. */
export function bucketWidth({ starts, to }: { readonly starts: readonly number[]; readonly to: number }): number {
  return (starts[1] ?? to) - (starts[0] ?? to);
}
