import { describe, expect, test } from 'vitest';
import { bucketEdges, zoneOffsets } from '../../src/quota/history-edges.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (iso: string) => Date.parse(iso);
const iso = (edges: readonly number[]) => edges.map((edge) => new Date(edge).toISOString().slice(0, 16));

describe('borders of buckets', () => {
  test('days are cut at midnight where the user is', () => {
    const edges = bucketEdges(at('2026-11-20T10:00Z'), at('2026-11-22T12:00Z'), '1d', 'Asia/Shanghai');
    expect(iso(edges)).toEqual(['2026-11-19T16:00', '2026-11-20T16:00', '2026-11-21T16:00', '2026-11-22T12:00']);
  });

  test('a day on which clocks are put back is an hour longer', () => {
    const edges = bucketEdges(at('2026-10-24T12:00Z'), at('2026-10-26T12:00Z'), '1d', 'Europe/Berlin');
    expect(edges.slice(1).map((edge, i) => (edge - edges[i]!) / HOUR)).toEqual([24, 25, 13]);
  });

  test('quarters of a day begin with the one the span begins in', () => {
    const edges = bucketEdges(at('2026-11-20T13:30Z'), at('2026-11-21T01:00Z'), '6h', 'UTC');
    expect(iso(edges)).toEqual(['2026-11-20T12:00', '2026-11-20T18:00', '2026-11-21T00:00', '2026-11-21T01:00']);
  });

  test.each(['5m', '15m', '1h', '6h', '1d'] as const)('%s: each border comes after the one before', (bucket) => {
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe']) {
      const edges = bucketEdges(at('2026-03-06T05:17Z'), at('2026-03-12T19:03Z'), bucket, zone);
      expect(edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)).toBe(true);
      expect(edges[0]).toBeLessThanOrEqual(at('2026-03-06T05:17Z'));
      expect(edges.at(-1)).toBe(at('2026-03-12T19:03Z'));
    }
  });
});

test('offsets of a zone change where its clocks do', () => {
  const offsets = zoneOffsets(at('2026-01-01T00:00Z'), at('2026-12-31T00:00Z'), 'Europe/Berlin');
  expect(offsets.map(({ from, offsetMs }) => [new Date(from).toISOString(), offsetMs / HOUR])).toEqual([
    ['2026-01-01T00:00:00.000Z', 1],
    ['2026-03-29T01:00:00.000Z', 2],
    ['2026-10-25T01:00:00.000Z', 1],
  ]);
  expect(zoneOffsets(0, 300 * DAY, 'Asia/Shanghai')).toEqual([{ from: 0, offsetMs: 8 * HOUR }]);
});
