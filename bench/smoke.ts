// A short run for the bench's own sanity, part of npm test: that it measures, not how fast. [--result FILE]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE } from '../scripts/places.ts';
import { closingLine } from '../scripts/tally.ts';
import { bench, type BenchReport } from './bench.ts';
import { SHORT } from './measure.ts';
import { TABLE_NOTE, writeTable } from './report.ts';

const { values } = parseArgs({ options: { result: { type: 'string' } } });
const checks: { says: string; ok: boolean }[] = [];
const skips: string[] = [];
try {
  const report = await bench(SHORT, (line) => console.log(line));
  console.log(`\n${writeTable(report.targets)}\n${TABLE_NOTE}`);
  judge(report);
} catch (error) {
  console.error(error);
  checks.push({ says: 'a short run comes to its end', ok: false });
}
for (const { says, ok } of checks) console.log(`${ok ? 'ok  ' : 'FAIL'} ${says}`);
const failed = checks.filter(({ ok }) => !ok).length;
const tally = { passed: checks.length - failed, failed, skipped: skips.length, skips };
const file = values.result ?? join(CACHE, 'results', 'bench.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(tally)}\n`);
console.log(closingLine(tally));
process.exit(failed > 0 ? 1 : 0);

function judge({ targets, absent }: BenchReport): void {
  for (const { name, reason } of absent) skips.push(`bench beside ${name}: ${reason}`);
  for (const { name, small, large, throughput, events, manyStreams } of targets) {
    const sampled = small.count === SHORT.smallRounds && large.count === SHORT.largeRounds && throughput.p50 > 0;
    checks.push({ says: `${name}: every sample was taken`, ok: sampled });
    if (name === 'portkey') continue;
    checks.push({ says: `${name}: every event of every stream arrived`, ok: events.arrived === events.sent });
    if (manyStreams !== undefined) {
      const ok = manyStreams.arrived === manyStreams.sent;
      checks.push({ says: `${name}: every event of 500 streams arrived`, ok });
    }
  }
  const relay = targets.find(({ name }) => name === 'planward');
  checks.push({
    says: `planward: every exchange was recorded (${relay?.recorded} of ${relay?.exchanges})`,
    ok: relay !== undefined && relay.recorded === relay.exchanges,
  });
}
