// node bench/million.ts [--exchanges 1000000]: the relay after very many exchanges. Memory on the way, then what a Snapshot, a
// report and a start cost with all of them in the ledger.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startProgram } from '../scripts/long-running.ts';
import { CONTROL } from '../src/protocol/control.ts';
import { endpointSchema } from '../src/protocol/endpoint.ts';
import { homePaths } from '../src/protocol/home.ts';
import { startRelayProcess } from '../test/support/relay-process.ts';
import { startLoadGenerator } from './load-task.ts';
import { CONNECTIONS, SMALL_BYTES } from './measure.ts';
import { readRssMb } from './process-cost.ts';
import { resultFile } from './result-file.ts';
import { summarise } from './statistics.ts';

const { values } = parseArgs({ options: { exchanges: { type: 'string', default: '1000000' } } });
const wanted = Number(values.exchanges);
const scratch = mkdtempSync(join(tmpdir(), 'planward-million-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
const home = join(scratch, 'home');
const upstream = await startProgram(process.execPath, [join(import.meta.dirname, 'upstream-process.ts')], {
  ready: /listening on http:\/\/127\.0\.0\.1:(\d+)/,
  timeoutMs: 10_000,
});
const upstreams = { zai: `http://127.0.0.1:${upstream.ready[1]}` };
const load = startLoadGenerator();

let relay = await startRelayProcess({ home, upstreams });
const memory: { exchanges: number; rssMb: number }[] = [{ exchanges: 0, rssMb: readRssMb(relay.child.pid) }];
const began = performance.now();
let sent = 0;
while (sent < wanted) {
  const task = { kind: 'throughput', bodyBytes: SMALL_BYTES, connections: CONNECTIONS, durationMs: 10_000 } as const;
  const [[requests = 0] = []] = await load.run({ ...task, to: { port: relay.port } }, 120_000);
  sent += requests;
  memory.push({ exchanges: sent, rssMb: readRssMb(relay.child.pid) });
  console.log(`${sent} exchanges, ${memory.at(-1)!.rssMb.toFixed(0)} MB`);
}
const seconds = (performance.now() - began) / 1000;
await whenWritten();
await sleep(5_000);
memory.push({ exchanges: sent, rssMb: readRssMb(relay.child.pid) });
const busy = await askAll();
await relay.stop();

const startedAt = performance.now();
relay = await startRelayProcess({ home, upstreams });
const listeningMs = performance.now() - startedAt;
await sleep(3_000);
const fresh = await askAll();
await relay.stop();
await load.stop();
await upstream.stop();

const recorded = rows();
const report = {
  schema: 'planward.million.v1',
  at: new Date().toISOString(),
  sent,
  recorded,
  seconds,
  memory,
  busy,
  listeningMs,
  fresh,
};
console.log(
  `${recorded} of ${sent} in the ledger after ${seconds.toFixed(0)} s; ${memory.at(-1)!.rssMb.toFixed(0)} MB at rest`,
);
console.log(`from start to listening with that ledger: ${listeningMs.toFixed(0)} ms`);
console.table({
  ...busy,
  ...Object.fromEntries(Object.entries(fresh).map(([name, cost]) => [`${name}, new relay`, cost])),
});
const file = resultFile(report.at, 'million');
writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
console.log(`written to ${file}`);
process.exit(recorded === sent ? 0 : 1);

/** Milliseconds of control queries, one at a time. */
async function askAll(): Promise<Record<string, { p50: number; max: number }>> {
  const { token } = endpointSchema.parse(JSON.parse(readFileSync(homePaths(home).endpoint, 'utf8')));
  const since = Date.now() - 7 * 86_400_000;
  const ask = async (path: string): Promise<{ p50: number; max: number }> => {
    const times: number[] = [];
    for (let round = 0; round < 15; round++) {
      const askedAt = performance.now();
      const response = await fetch(relay.url + path, { headers: { authorization: `Bearer ${token}` } });
      const text = await response.text();
      times.push(performance.now() - askedAt);
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`);
      await sleep(100);
    }
    const { p50, max } = summarise(times);
    return { p50: Number(p50.toFixed(1)), max: Number(max.toFixed(1)) };
  };
  return { Snapshot: await ask(CONTROL.snapshot), report: await ask(`${CONTROL.report}?since=${since}`) };
}

function rows(): number {
  const db = new DatabaseSync(homePaths(home).ledger, { readOnly: true });
  try {
    return Number(db.prepare('SELECT count(*) AS n FROM exchange').get()?.['n']);
  } finally {
    db.close();
  }
}

/** Waits for the ledger's last batches; 30 s at most. */
async function whenWritten(): Promise<void> {
  for (const giveUpAt = Date.now() + 30_000; rows() < sent && Date.now() < giveUpAt;) await sleep(500);
}
