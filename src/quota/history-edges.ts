import { TZDate } from '@date-fns/tz';
import type { HistoryBucket } from '../core/history.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Lengths of buckets; those of 6 hours and a day are cut at local midnight and may be an hour longer or shorter. */
export const BUCKET_MS: Readonly<Record<HistoryBucket, number>> = {
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '1h': HOUR_MS,
  '6h': 6 * HOUR_MS,
  '1d': 24 * HOUR_MS,
};

/**
 * Borders of the buckets from the one `from` falls in, the last one being `to`: one more than there are buckets. Buckets up
 * to an hour are cut at whole UTC hours, longer ones at midnight of `zone` (an IANA name or `+08:00`). Pure.
 */
export function bucketEdges(from: number, to: number, bucket: HistoryBucket, zone: string): readonly number[] {
  const edges = bucket === '1d' || bucket === '6h' ? localEdges(from, to, bucket, zone) : evenEdges(from, to, bucket);
  return [...edges, to];
}

/** The zone's offset from UTC over a span: constant from each instant until the next one's. Found to the hour. */
export function zoneOffsets(
  from: number,
  to: number,
  zone: string,
): readonly { readonly from: number; readonly offsetMs: number }[] {
  const offsets = [{ from, offsetMs: offsetAt(from, zone) }];
  const step = 24 * HOUR_MS;
  for (let at = from; at < to; at += step) {
    const end = Math.min(at + step, to);
    if (offsetAt(end, zone) === offsets.at(-1)!.offsetMs) continue;
    let hour = at;
    while (hour < end && offsetAt(hour, zone) === offsets.at(-1)!.offsetMs) hour += HOUR_MS;
    offsets.push({ from: Math.min(hour, end), offsetMs: offsetAt(end, zone) });
  }
  return offsets;
}

function evenEdges(from: number, to: number, bucket: HistoryBucket): number[] {
  const width = BUCKET_MS[bucket];
  const edges: number[] = [];
  for (let at = Math.floor(from / width) * width; at < to; at += width) edges.push(at);
  return edges;
}

function localEdges(from: number, to: number, bucket: '6h' | '1d', zone: string): number[] {
  const hours = bucket === '1d' ? [0] : [0, 6, 12, 18];
  const edges: number[] = [];
  const day = new TZDate(from, zone);
  day.setHours(0, 0, 0, 0);
  while (day.getTime() < to) {
    for (const hour of hours) {
      const at = new TZDate(day, zone);
      at.setHours(hour);
      const edge = at.getTime();
      if (edge >= to) break;
      // Only the one that `from` falls in stays of those before it.
      if (edge <= from) edges.length = 0;
      edges.push(edge);
    }
    day.setDate(day.getDate() + 1);
  }
  return edges;
}

function offsetAt(at: number, zone: string): number {
  return new TZDate(at, zone).getTimezoneOffset() * -MINUTE_MS;
}
