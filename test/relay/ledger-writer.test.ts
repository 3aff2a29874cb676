import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Notice } from '../../src/core/snapshot.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { createLedgerWriter, type LedgerWriter, type LedgerWriterDeps } from '../../src/relay/ledger-writer.ts';
import { aLimit, anExchange } from '../ledger/exchanges.ts';

let folder: string;
let path: string;
let notices: Notice[];
let writers: LedgerWriter[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-writer-'));
  path = join(folder, 'ledger.db');
  notices = [];
  writers = [];
});
afterEach(async () => {
  await Promise.all(writers.map((writer) => writer.close()));
  rmSync(folder, { recursive: true });
});

function start(change: Partial<LedgerWriterDeps> = {}): LedgerWriter {
  const writer = createLedgerWriter({
    path,
    workerFile: new URL('./ledger-entry.ts', import.meta.url),
    onNotice: (notice) => notices.push(notice),
    retentionDays: 400,
    now: Date.now,
    tickMs: 20,
    retryMs: 30,
    busyTimeoutMs: 20,
    ...change,
  });
  writers.push(writer);
  return writer;
}

function justNow(n: number) {
  return anExchange(n, { startedAt: Date.now(), limits: [aLimit({ seenAt: Date.now() })] });
}

function codes(): string[] {
  return notices.map((notice) => notice.code);
}

/** What a reader of its own sees in the file. */
function committed(): number {
  const db = new DatabaseSync(path);
  const row = db.prepare('SELECT count(*) AS n FROM exchange').get();
  db.close();
  return Number(row?.['n']);
}

describe('writing', () => {
  test('flush says true once everything before it is in the file', async () => {
    const writer = start();
    for (let n = 0; n < 700; n++) writer.append(justNow(n));
    expect(await writer.flush()).toBe(true);
    expect(committed()).toBe(700);
    expect(writer.state()).toBe('ok');
  });

  test('a row is written within a tick without anybody asking', async () => {
    const writer = start();
    await writer.ready;
    writer.append(justNow(1));
    await vi.waitFor(() => expect(committed()).toBe(1), { timeout: 3000, interval: 20 });
  });

  test('what was written is there at the next start, with limits, agents and burn', async () => {
    const first = start();
    first.append(justNow(1));
    first.append(anExchange(2, { startedAt: Date.now(), agentId: 'claude-code' }));
    first.appendLimits({ providerId: 'zai', accountKey: 'other', limits: [aLimit({ seenAt: Date.now() })] });
    await first.close();
    const before = await start().ready;
    expect(before.state).toBe('ok');
    expect(before.count).toBe(2);
    expect(before.recent).toHaveLength(2);
    expect(before.burns.reduce((sum, burn) => sum + burn.requests, 0)).toBe(2);
    expect(before.agents.map((agent) => agent.agentId).toSorted()).toEqual(['claude-code', 'cline']);
    expect(before.limits.map((account) => account.accountKey)).toEqual(['account-one', 'other']);
    expect(notices).toEqual([]);
  });

  test('queries are answered with committed rows', async () => {
    const writer = start();
    writer.append(justNow(1));
    await writer.flush();
    expect(await writer.query('count')).toBe(1);
    expect((await writer.query('recent', 5))?.map((exchange) => exchange.id)).toEqual([anExchange(1).id]);
    expect(await writer.query('check')).toBeUndefined();
  });

  test('rows past their retention are deleted a little after the start', async () => {
    const writer = start({ retentionDays: 1 });
    writer.append(anExchange(1, { startedAt: Date.now() - 3 * 86_400_000 }));
    writer.append(justNow(2));
    await writer.flush();
    await vi.waitFor(() => expect(committed()).toBe(1), { timeout: 5000, interval: 50 });
    expect(await writer.query('count')).toBe(1);
  });

  test('two relays, one of them draining, write the same ledger', async () => {
    const both = [start({ busyTimeoutMs: 2000 }), start({ busyTimeoutMs: 2000 })];
    for (let n = 0; n < 600; n++) both[n % 2]!.append(justNow(n));
    expect(await Promise.all(both.map((writer) => writer.flush()))).toEqual([true, true]);
    expect(await both[0]!.query('count')).toBe(600);
    expect(committed()).toBe(600);
    expect(notices).toEqual([]);
  });

  test('after close nothing is taken, and nothing throws', async () => {
    const writer = start();
    await writer.close();
    writer.append(justNow(1));
    writer.setRetentionDays(3);
    expect(await writer.flush()).toBe(false);
    expect(await writer.query('count')).toBeUndefined();
    await writer.close();
    expect(committed()).toBe(0);
  });
});

describe('trouble', () => {
  test('a damaged file is set aside with one notice, and rows go into a new one', async () => {
    writeFileSync(path, 'no database at all '.repeat(400));
    const writer = start();
    writer.append(justNow(1));
    expect(await writer.flush()).toBe(true);
    expect(codes()).toEqual(['ledger-set-aside']);
    expect(readdirSync(folder).some((name) => name.startsWith('ledger.db.corrupt-'))).toBe(true);
    expect(committed()).toBe(1);
  });

  test('a file that is damaged while the relay runs is set aside at the next write', async () => {
    const writer = start();
    for (let n = 0; n < 3000; n++) writer.append(justNow(n));
    await writer.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, 3 * 4096));
    const again = start();
    again.append(justNow(5000));
    expect(await again.flush()).toBe(true);
    expect(codes()).toEqual(['ledger-set-aside']);
    expect(committed()).toBe(1);
  });

  test('damage in a file that nobody closed is found by a check soon after the start', async () => {
    const crashed = openLedger({ path });
    if (!crashed.ok) throw new Error(crashed.message);
    const old = Date.now() - 2 * 86_400_000; // the day before is read at the start
    crashed.ledger.append(Array.from({ length: 2000 }, (_, n) => anExchange(n, { startedAt: old + n })));
    const db = new DatabaseSync(path);
    db.exec('PRAGMA wal_checkpoint(FULL)');
    db.close();
    crashed.ledger.append([justNow(2001)]);
    const file = openSync(path, 'r+');
    writeSync(file, new Uint8Array(4 * 4096).fill(0xa5), 0, 4 * 4096, 40 * 4096);
    closeSync(file);
    const writer = start();
    expect((await writer.ready).count).toBe(2001);
    expect(notices).toEqual([]);
    await vi.waitFor(() => expect(codes()).toEqual(['ledger-set-aside']), { timeout: 5000, interval: 50 });
    crashed.ledger.close();
    writer.append(justNow(3000));
    expect(await writer.flush()).toBe(true);
    expect(committed()).toBe(1);
  });

  test('a ledger of a newer version is left alone and the relay goes on without', async () => {
    const db = new DatabaseSync(path);
    db.exec('CREATE TABLE tomorrow (x); PRAGMA user_version = 999');
    db.close();
    const bytes = readFileSync(path);
    const writer = start();
    expect(await writer.ready).toEqual({
      state: 'off',
      burns: [],
      limits: [],
      recent: [],
      agents: [],
      accounts: [],
      sessions: [],
      rerouted: [],
      policyRefusals: [],
      flags: [],
      aliases: [],
      count: 0,
    });
    writer.append(justNow(1));
    expect(await writer.flush()).toBe(false);
    await writer.close();
    expect(codes()).toEqual(['ledger-newer']);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('rows wait while another program holds the file, and are written when it lets go', async () => {
    const writer = start();
    await writer.ready;
    const holder = new DatabaseSync(path);
    holder.exec('BEGIN IMMEDIATE');
    writer.append(justNow(1));
    expect(await writer.flush()).toBe(false);
    expect(writer.state()).toBe('off');
    writer.append(justNow(2));
    await pause(200);
    expect(codes()).toEqual(['ledger-locked']);
    holder.exec('COMMIT');
    holder.close();
    await vi.waitFor(() => expect(committed()).toBe(2), { timeout: 5000, interval: 20 });
    await vi.waitFor(() => expect(codes()).toEqual(['ledger-locked', 'ledger-recovered']), { timeout: 2000 });
    expect(notices[1]?.text).toContain('Nothing was lost');
  });

  test('a ledger that cannot be opened at the start is read once it can', async () => {
    const first = start();
    first.append(justNow(1));
    await first.close();
    const holder = new DatabaseSync(path);
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const counts: number[] = [];
    const writer = start({ onRecovered: (begun) => counts.push(begun.count) });
    expect((await writer.ready).state).toBe('off');
    holder.exec('COMMIT');
    holder.close();
    await vi.waitFor(() => expect(counts).toEqual([1]), { timeout: 5000, interval: 20 });
    expect(codes()).toEqual(['ledger-locked', 'ledger-recovered']);
  });

  test('where the folder cannot be made, rows are dropped past the limit with one notice that counts them', async () => {
    writeFileSync(join(folder, 'home'), 'a file where the folder should be');
    path = join(folder, 'home', 'ledger.db');
    const writer = start({ maxWaiting: 10 });
    expect((await writer.ready).state).toBe('off');
    for (let n = 0; n < 25; n++) writer.append(justNow(n));
    expect(await writer.flush()).toBe(false);
    expect(codes()).toEqual(['ledger-unwritable', 'ledger-dropped']);
    rmSync(join(folder, 'home'));
    mkdirSync(join(folder, 'home'));
    await vi.waitFor(() => expect(codes()).toContain('ledger-recovered'), { timeout: 5000, interval: 20 });
    expect(notices.at(-1)?.text).toContain('15 exchanges were not recorded');
    expect(committed()).toBe(10);
  });

  test('a ledger that is deleted under the running relay begins anew', async () => {
    const writer = start();
    writer.append(justNow(1));
    await writer.flush();
    rmSync(path);
    writer.append(justNow(2));
    expect(await writer.flush()).toBe(true);
    expect(committed()).toBe(1);
    expect(codes()).toEqual(['ledger-gone']);
  });

  test('a thread that cannot be started costs one notice and no exception', async () => {
    const writer = start({ workerFile: new URL('./no-such-file.ts', import.meta.url) });
    writer.append(justNow(1));
    expect((await writer.ready).state).toBe('off');
    expect(await writer.flush()).toBe(false);
    expect(codes()).toEqual(['ledger-thread']);
  });

  test('a row that cannot be stored costs only itself and says so once', async () => {
    const writer = start();
    for (const n of [1, 3]) writer.append(anExchange(n, { startedAt: Date.now(), durationMs: Number.NaN }));
    writer.append(justNow(2));
    expect(await writer.flush()).toBe(true);
    expect(committed()).toBe(1);
    expect(codes()).toEqual(['ledger-rejected']);
  });
});

test('killed hard again and again, the ledger stays whole and holds every acknowledged exchange', async () => {
  let next = 0;
  let acknowledged = -1;
  for (let round = 0; round < 8; round++) {
    const from = next;
    const child = spawn(process.execPath, [join(import.meta.dirname, 'ledger-child.ts'), path, String(from)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let complaint = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (complaint += String(chunk)));
    const ended = once(child, 'close');
    await vi.waitFor(() => expect(out).toContain('\n'), { timeout: 10_000, interval: 5 });
    await pause(20 + Math.random() * 150);
    child.kill('SIGKILL');
    await ended;
    expect(complaint).toBe('');
    const last = Number(out.slice(0, out.lastIndexOf('\n')).split('\n').at(-1));
    expect(last).toBeGreaterThanOrEqual(from);
    acknowledged = last;
    // The child may have committed more than it could say: go on behind that.
    next = last + 2000;
    const opened = openLedger({ path });
    if (!opened.ok) throw new Error(opened.message);
    const db = new DatabaseSync(path);
    const check = db.prepare('PRAGMA integrity_check').all();
    const rows = db.prepare('SELECT id FROM exchange').all();
    const burned = db.prepare('SELECT sum(exchanges) AS n FROM burn').get();
    db.close();
    const counted = opened.ledger.count();
    opened.ledger.close();
    expect(check).toEqual([{ integrity_check: 'ok' }]);
    const ids = new Set(rows.map((row) => row['id']));
    const lost = [];
    for (let n = from; n <= acknowledged; n++) if (!ids.has(anExchange(n).id)) lost.push(n);
    expect(lost).toEqual([]);
    expect([counted, burned?.['n']]).toEqual([ids.size, ids.size]);
  }
}, 60_000);
