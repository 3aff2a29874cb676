// node bench/million.ts [--exchanges 1000000] [--minutes 20] [--filled 0] [--ledger FILE]
// The relay after very many exchanges: memory on the way and at rest, then what every question to its control plane and a start
// cost with all of them in the ledger. `--minutes` bounds the traffic; `--filled` are exchanges of the year before, which the ledger
// is given directly first; `--ledger` is one that is there already (a copy of it is used).
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startProgram } from '../scripts/long-running.ts';
import { openLedger } from '../src/ledger/open-ledger.ts';
import { CONTROL } from '../src/protocol/control.ts';
import { endpointSchema } from '../src/protocol/endpoint.ts';
import { homePaths } from '../src/protocol/home.ts';
import { startRelayProcess } from '../test/support/relay-process.ts';
import { startLoadGenerator } from './load-task.ts';
import { CONNECTIONS, SMALL_BYTES } from './measure.ts';
import { readProcessCost, readRssMb } from './process-cost.ts';
import { resultFile } from './result-file.ts';
import { summarise } from './statistics.ts';
import { yearOfExchanges } from './year-of-exchanges.ts';

const { values } = parseArgs({
  options: {
    exchanges: { type: 'string', default: '1000000' },
    minutes: { type: 'string', default: '20' },
    filled: { type: 'string', default: '0' },
    ledger: { type: 'string' },
  },
});
const wanted = Number(values.exchanges);
const DAY_MS = 86_400_000;
const REST_MS = 30_000;
const ROUNDS = 15;
const scratch = mkdtempSync(join(tmpdir(), 'planward-million-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
const home = join(scratch, 'home');
fillLedger();
const before = rows();
const upstream = await startProgram(process.execPath, [join(import.meta.dirname, 'upstream-process.ts')], {
  ready: /listening on http:\/\/127\.0\.0\.1:(\d+)/,
  timeoutMs: 30_000,
});
const upstreams = { zai: `http://127.0.0.1:${upstream.ready[1]}` };
const load = startLoadGenerator();

let relay = await startRelayProcess({ home, upstreams });
const memory: { exchanges: number; rssMb: number }[] = [];
const note = (exchanges: number): void => {
  memory.push({ exchanges, rssMb: Math.round(readRssMb(relay.child.pid)) });
  console.log(`${exchanges} exchanges, ${memory.at(-1)!.rssMb} MB`);
};
await sleep(2000);
note(0);
const began = performance.now();
const stopAt = Date.now() + Number(values.minutes) * 60_000;
let sent = 0;
while (sent < wanted && Date.now() < stopAt) {
  const task = { kind: 'throughput', bodyBytes: SMALL_BYTES, connections: CONNECTIONS, durationMs: 10_000 } as const;
  const [[requests = 0] = []] = await load.run({ ...task, to: { port: relay.port } }, 120_000);
  sent += requests;
  note(sent);
}
const seconds = (performance.now() - began) / 1000;
if (sent < wanted) console.log(`${values.minutes} minutes are over: ${sent} of ${wanted} were sent`);
await whenWritten();
await sleep(REST_MS);
note(sent);
const peakRssMb = Math.round(readProcessCost(relay.child.pid)?.peakRssMb ?? Number.NaN);
const busy = await askAll();
await relay.stop();

const startedAt = performance.now();
relay = await startRelayProcess({ home, upstreams });
const listeningMs = performance.now() - startedAt;
const fresh = await askAll();
await relay.stop();
await load.stop();
await upstream.stop();

const recorded = rows() - before;
const report = {
  schema: 'planward.million.v2',
  at: new Date().toISOString(),
  before,
  sent,
  recorded,
  seconds,
  memory,
  peakRssMb,
  busy,
  listeningMs,
  fresh,
};
console.log(
  `${before} exchanges before; ${recorded} of ${sent} recorded in ${seconds.toFixed(0)} s; ` +
    `${peakRssMb} MB at most, ${memory.at(-1)!.rssMb} MB after a rest of ${REST_MS / 1000} s`,
);
console.log(`from start to listening with that ledger: ${listeningMs.toFixed(0)} ms`);
console.table(
  Object.fromEntries(
    Object.entries(busy).map(([name, cost]) => [
      name,
      { ...cost, 'p50, new relay': fresh[name]?.p50, 'max, new relay': fresh[name]?.max },
    ]),
  ),
);
const file = resultFile(report.at, 'million');
writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
console.log(`written to ${file}`);
process.exit(recorded === sent ? 0 : 1);

/** Puts a ledger into the home before a relay has one. */
function fillLedger(): void {
  mkdirSync(home, { mode: 0o700 });
  const path = homePaths(home).ledger;
  if (values.ledger !== undefined) copyFileSync(values.ledger, path);
  const opened = openLedger({ path });
  if (!opened.ok) throw new Error(opened.message);
  let filled = 0;
  for (const batch of yearOfExchanges(Number(values.filled), Date.now())) {
    opened.ledger.append(batch);
    filled += batch.length;
    if (filled % 100_000 === 0) console.log(`${filled} exchanges of the year before`);
  }
  opened.ledger.close();
}

/** Milliseconds of every question to the control plane that reads what was, one at a time. */
async function askAll(): Promise<Record<string, { p50: number; max: number }>> {
  const { token } = endpointSchema.parse(JSON.parse(readFileSync(homePaths(home).endpoint, 'utf8')));
  const now = Date.now();
  const ask = async (path: string): Promise<{ p50: number; max: number }> => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const askedAt = performance.now();
      const response = await fetch(relay.url + path, { headers: { authorization: `Bearer ${token}` } });
      const text = await response.text();
      times.push(performance.now() - askedAt);
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`);
      await sleep(50);
    }
    const { p50, max } = summarise(times);
    return { p50: Number(p50.toFixed(1)), max: Number(max.toFixed(1)) };
  };
  const history = (days: number, bucket: string): string =>
    `${CONTROL.history}?from=${Math.round(now - days * DAY_MS)}&to=${now}&bucket=${bucket}&zone=Asia/Shanghai`;
  const questions = {
    Snapshot: CONTROL.snapshot,
    'report, 7 days': `${CONTROL.report}?since=${now - 7 * DAY_MS}`,
    'report, 30 days': `${CONTROL.report}?since=${now - 30 * DAY_MS}`,
    'report, 400 days': `${CONTROL.report}?since=${now - 400 * DAY_MS}`,
    'history, 5 hours': history(5 / 24, '5m'),
    'history, day': history(1, '15m'),
    'history, week': history(7, '1h'),
    'history, month': history(30, '6h'),
    'history, year': history(365, '1d'),
    'page of exchanges': `${CONTROL.exchanges}?since=0&until=${now}`,
    metrics: CONTROL.metrics,
    settings: CONTROL.settings,
  };
  const costs: Record<string, { p50: number; max: number }> = {};
  // A new relay answers once it has read what it remembers.
  await eventuallyOk(`${relay.url}${CONTROL.history}?from=0&to=1&bucket=1d`, token);
  for (const [name, path] of Object.entries(questions)) costs[name] = await ask(path);
  return costs;
}

async function eventuallyOk(url: string, token: string): Promise<void> {
  for (const giveUpAt = Date.now() + 30_000; ;) {
    const { status } = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    if (status === 200) return;
    if (Date.now() > giveUpAt) throw new Error(`${url}: ${status} for 30 s`);
    await sleep(100);
  }
}

function rows(): number {
  const db = new DatabaseSync(homePaths(home).ledger, { readOnly: true });
  try {
    return Number(db.prepare(`SELECT value FROM meta WHERE key = 'exchanges'`).get()?.['value']);
  } finally {
    db.close();
  }
}

/** Waits for the ledger's last batches; 30 s at most. */
async function whenWritten(): Promise<void> {
  for (const giveUpAt = Date.now() + 30_000; rows() - before < sent && Date.now() < giveUpAt;) await sleep(500);
}
