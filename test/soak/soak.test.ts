import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { homePaths } from '../../src/protocol/home.ts';
import { RELAY_ENV } from '../../src/protocol/relay-env.ts';
import { eventually, useProgram, type Program } from '../relay/program.ts';
import { ledgerRows } from '../faults/rows.ts';
import { patience, runs } from '../support/run-length.ts';

const stage = useProgram();
/** Turns of a day of ten busy agents are about 10 x 8 hours x 1 per 20 s; the long form makes ten such days. */
const TURNS = runs(3000, 144_000);
const MEGABYTE = 1024 * 1024;

interface Vitals {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
  readonly resources: Readonly<Record<string, number>>;
  readonly descriptors: number;
}

/** What each of ten agents is: how it names itself, what it sends, and how. */
const AGENTS = Array.from({ length: 10 }, (_, i) => ({
  userAgent: ['claude-cli/2.1.330 (external, cli)', 'Cline/3.0.65', 'Kilo-Code/7.7.7', 'opencode/1.18.33', 'curl/8'][
    i % 5
  ]!,
  anthropic: i % 2 === 0,
  stream: i % 3 !== 0,
  key: `sk-soak-${i % 4}`,
  http: new Agent({ keepAlive: i % 2 === 0, maxSockets: 2 }),
}));

function turn(url: string, agent: (typeof AGENTS)[number], n: number, signal?: AbortSignal): Promise<number> {
  const path = agent.anthropic ? '/zai/api/anthropic/v1/messages' : '/zai/api/coding/paas/v4/chat/completions';
  const messages = Array.from({ length: 1 + (n % 12) }, (_, i) => ({
    role: i % 2 === 0 ? 'user' : 'assistant',
    content: `${n}.${i} ${n % 7 === 0 ? 'Plan my holiday in Rome.' : 'Fix the failing test in src/app.ts.'} ${'x'.repeat((n * 37) % 4000)}`,
  }));
  const body = JSON.stringify({
    model: n % 5 === 0 ? 'glm-4.5-air' : 'glm-4.7',
    max_tokens: 100,
    stream: agent.stream,
    metadata: { user_id: `user_a_account_b_session_${n % 50}` },
    messages,
  });
  const headers = {
    'content-type': 'application/json',
    'user-agent': agent.userAgent,
    authorization: `Bearer ${agent.key}`,
  };
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, {
      method: 'POST',
      agent: agent.http,
      headers,
      ...(signal === undefined ? {} : { signal }),
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    asked.end(body);
  });
}

/** Some turns in parallel as ten agents make them; every twentieth is given up in the middle. */
async function work(url: string, turns: number): Promise<void> {
  let next = 0;
  await Promise.all(
    AGENTS.map(async (agent) => {
      while (next < turns) {
        const n = next++;
        const abort = n % 20 === 19 ? AbortSignal.timeout(2) : undefined;
        const status = await turn(url, agent, n, abort).catch(() => undefined);
        if (abort === undefined) expect([200, 429]).toContain(status);
      }
    }),
  );
}

async function vitals(relay: Program, file: string): Promise<Vitals> {
  for (const { http } of AGENTS) http.destroy();
  await relay.until(({ inFlight }) => inFlight === 0, 20_000);
  // In the long form until each thread has given back what it does not need.
  await new Promise((resolve) => setTimeout(resolve, runs(1500, 25_000)));
  rmSync(file, { force: true });
  relay.child.kill('SIGPIPE');
  const said = await eventually(() => JSON.parse(readFileSync(file, 'utf8')) as Omit<Vitals, 'descriptors'>);
  return { ...said, descriptors: readdirSync(`/proc/${relay.child.pid}/fd`).length };
}

test.skipIf(process.platform !== 'linux')(
  'days of ten agents grow neither memory, descriptors, timers nor the log',
  async () => {
    const file = join(stage.folder, 'vitals.json');
    const mock = await stage.mock({ maxInFlight: 8 });
    const relay = await stage.start({
      upstreams: { zai: mock.url },
      command: [process.execPath, '--expose-gc', '--import', join(import.meta.dirname, 'vitals.mjs')],
      env: { ...RELAY_ENV, PLANWARD_TEST_VITALS: file },
    });
    await work(relay.url, Math.floor(TURNS / 4)); // caches and pools fill
    const before = await vitals(relay, file);
    for (let part = 0; part < 3; part += 1) {
      await work(relay.url, Math.floor(TURNS / 4));
      if (TURNS > 10_000) console.log(`part ${part + 1}: ${JSON.stringify(await vitals(relay, file))}`);
    }
    const after = await vitals(relay, file);
    console.log(`after ${TURNS} turns: ${JSON.stringify({ before, after })}`);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(12 * MEGABYTE);
    // In the short form the pools still fill.
    expect(after.rss - before.rss).toBeLessThan(runs(120, 60) * MEGABYTE);
    expect(after.descriptors).toBeLessThanOrEqual(before.descriptors + 4);
    for (const [kind, count] of Object.entries(after.resources)) {
      expect([kind, count <= (before.resources[kind] ?? 0) + 4]).toEqual([kind, true]);
    }
    const { log } = homePaths(stage.home);
    expect(statSync(log).size).toBeLessThan(6 * MEGABYTE);
    expect(readdirSync(stage.home).filter((name) => name.startsWith('relay.log')).length).toBeLessThanOrEqual(4);
    expect(await relay.stop()).toBe(0);
    expect(Number(ledgerRows(stage.home, 'SELECT COUNT(*) AS n FROM exchange')[0]!['n'])).toBeGreaterThan(TURNS / 2);
  },
  patience(120_000),
);

test.skipIf(process.platform !== 'linux')(
  'what is older than the retention leaves the ledger, and its space is used again',
  async () => {
    const mock = await stage.mock();
    const options = {
      upstreams: { zai: mock.url },
      command: [process.execPath, '--import', join(import.meta.dirname, '../faults/move-clock.mjs')],
    };
    const first = await stage.start(options);
    await work(first.url, 400);
    for (const { http } of AGENTS) http.destroy();
    expect(await first.stop()).toBe(0);
    const size = statSync(homePaths(stage.home).ledger).size;
    const rows = (): number => Number(ledgerRows(stage.home, 'SELECT COUNT(*) AS n FROM exchange')[0]!['n']);
    for (let year = 1; year <= 3; year += 1) {
      const relay = await stage.start({ ...options, env: { PLANWARD_TEST_HOURS: String(year * 400 * 24) } });
      await work(relay.url, 400);
      for (const { http } of AGENTS) http.destroy();
      await eventually(() => expect(rows()).toBeLessThanOrEqual(400), 30_000);
      expect(await relay.stop()).toBe(0);
    }
    expect(rows()).toBeGreaterThan(300);
    expect(statSync(homePaths(stage.home).ledger).size).toBeLessThan(size * 3);
  },
  patience(120_000),
);
