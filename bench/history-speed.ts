// node bench/history-speed.ts [--exchanges 1000000] [--keep FILE]
// Fills a ledger with a year of exchanges through its own door and prints how long a history of each width takes to read.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openLedger } from '../src/ledger/open-ledger.ts';
import { bucketEdges, zoneOffsets } from '../src/quota/history-edges.ts';
import type { HistoryBucket } from '../src/core/history.ts';
import { yearOfExchanges, YEAR_ACCOUNT } from './year-of-exchanges.ts';

const { values } = parseArgs({
  options: { exchanges: { type: 'string', default: '1000000' }, keep: { type: 'string' } },
});
const count = Number(values.exchanges);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const now = Date.UTC(2026, 10, 22, 12, 37);
const folder = mkdtempSync(join(tmpdir(), 'planward-history-'));
const path = values.keep ?? join(folder, 'ledger.db');
try {
  const opened = openLedger({ path });
  if (!opened.ok) throw new Error(opened.message);
  const { ledger } = opened;
  const began = performance.now();
  if (ledger.count() === 0) for (const batch of yearOfExchanges(count, now)) ledger.append(batch);
  const filled = performance.now() - began;
  console.log(
    `${ledger.count()} exchanges in ${(filled / 1000).toFixed(1)} s, ${((filled / count) * 1000).toFixed(0)} µs each`,
  );
  const zone = 'Asia/Shanghai';
  const spans: readonly (readonly [string, number, HistoryBucket])[] = [
    ['5 hours', 5 * HOUR_MS, '5m'],
    ['day', DAY_MS, '15m'],
    ['week', 7 * DAY_MS, '1h'],
    ['month', 30 * DAY_MS, '6h'],
    ['year', 365 * DAY_MS, '1d'],
  ];
  for (const [name, span, bucket] of spans) {
    const edges = bucketEdges(now - span, now, bucket, zone);
    const ask = () =>
      ledger.history({
        ...YEAR_ACCOUNT,
        edges,
        grain: bucket === '5m' ? 'minute' : bucket === '15m' ? 'quarter' : 'hour',
        offsets: zoneOffsets(now - span, now, zone),
        windows: [5 * HOUR_MS, 7 * DAY_MS].map((windowMs) => ({
          shortestMs: windowMs * 0.99,
          longestMs: windowMs * 1.01,
          model: '',
          startsAt: now - windowMs / 2,
        })),
      });
    let processor = Infinity;
    const times = Array.from({ length: 9 }, () => {
      const from = performance.now();
      const cpu = process.cpuUsage();
      ask();
      processor = Math.min(processor, process.cpuUsage(cpu).user / 1000);
      return performance.now() - from;
    });
    const kilobytes = (JSON.stringify(ask()).length / 1024).toFixed(0);
    const sorted = times.toSorted((a, b) => a - b);
    console.log(
      `${name.padEnd(8)} ${edges.length - 1} buckets  first ${times[0]!.toFixed(1)} ms, median ${sorted[4]!.toFixed(1)} ms, slowest ${sorted[8]!.toFixed(1)} ms, processor ${processor.toFixed(1)} ms, ${kilobytes} KB`,
    );
  }
  ledger.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
