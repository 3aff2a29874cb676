import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { homePaths } from '../../src/protocol/home.ts';
import { eventually, useProgram, type Program } from '../relay/program.ts';
import { chat } from '../relay/traffic.ts';
import { expectWholeLedger, ledgerRows } from './rows.ts';

const stage = useProgram();
const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;

async function relays(relay: Program, count = 1): Promise<void> {
  for (let i = 0; i < count; i += 1) expect(await (await chat(relay.url)).text()).toContain('end_turn');
}

const countRows = (): number => Number(ledgerRows(stage.home, 'SELECT COUNT(*) AS n FROM exchange')[0]!['n']);

test.skipIf(!isLinux)(
  'a clock that jumps two days ahead and three back harms no request, no window and no row',
  async () => {
    const mock = await stage.mock();
    const relay = await stage.start({
      upstreams: { zai: mock.url },
      command: [process.execPath, '--import', join(import.meta.dirname, 'move-clock.mjs')],
      env: { PLANWARD_TEST_JUMPS: '48,-72,24' },
    });
    await relays(relay, 2);
    for (let jump = 1; jump <= 3; jump += 1) {
      const before = (await relay.snapshot()).at;
      relay.child.kill('SIGUSR2');
      await eventually(async () => expect(Math.abs((await relay.snapshot()).at - before)).toBeGreaterThan(3_600_000));
      await relays(relay, 2);
      const { accounts, recent, notices } = await relay.until(({ exchanges }) => exchanges === 2 + 2 * jump);
      expect(recent.every(({ durationMs }) => durationMs >= 0 && durationMs < 60_000)).toBe(true);
      for (const window of accounts.flatMap(({ windows }) => windows)) {
        expect(window.usedFraction ?? 0).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(window.forecast?.exhaustsAt ?? 0)).toBe(true);
      }
      expect(notices.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
    expect(await relay.stop()).toBe(0);
    expect(countRows()).toBe(8);
    expectWholeLedger(stage.home);
  },
);

test.skipIf(!isLinux)(
  'asleep for three seconds in the middle of a stream, it wakes and the stream ends whole',
  async () => {
    const mock = await stage.mock({ delivery: { dripMs: 40 } });
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const streaming = chat(relay.url, { stream: true }).then((response) => response.text());
    await pause(150);
    relay.child.kill('SIGSTOP');
    await pause(3000);
    relay.child.kill('SIGCONT');
    expect(await streaming).toContain('message_stop');
    const { recent } = await relay.until(({ exchanges }) => exchanges === 1);
    expect(recent[0]).toMatchObject({ outcome: 'completed' });
  },
);

test('a name that nobody resolves is one 502 that says so, at once, and the relay goes on', async () => {
  const mock = await stage.mock();
  const relay = await stage.start({ upstreams: { zai: mock.url, kimi: 'http://no-such-host.invalid' } });
  const began = Date.now();
  const response = await fetch(`${relay.url}/kimi/coding/v1/messages`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(502);
  expect(await response.text()).toContain('no-such-host.invalid');
  expect(Date.now() - began).toBeLessThan(10_000);
  await relays(relay);
});

test.skipIf(!isLinux)(
  'out of file descriptors it refuses what it cannot take, and serves again when some are free',
  async () => {
    const mock = await stage.mock();
    const relay = await stage.start({
      upstreams: { zai: mock.url },
      command: ['/bin/sh', '-c', 'ulimit -n 80; exec "$@"', 'sh', process.execPath],
    });
    await relays(relay);
    const crowd: Socket[] = [];
    for (let i = 0; i < 120; i += 1) {
      const socket = connect({ port: relay.port, host: '127.0.0.1' });
      socket.on('error', () => {});
      crowd.push(socket);
    }
    stage.onEnd(() => crowd.forEach((socket) => socket.destroy()));
    await pause(500);
    expect(relay.child.exitCode).toBeNull();
    for (const socket of crowd) socket.destroy();
    await eventually(() => relays(relay), 10_000);
    expect(await relay.stop()).toBe(0);
    expectWholeLedger(stage.home);
  },
);

test('a ledger that another program holds locked delays rows, not agents, and loses none', async () => {
  const mock = await stage.mock();
  const relay = await stage.start({ upstreams: { zai: mock.url } });
  await relays(relay);
  await relay.until(({ exchanges }) => exchanges === 1);
  const other = new DatabaseSync(homePaths(stage.home).ledger);
  try {
    other.exec('PRAGMA busy_timeout = 5000; BEGIN EXCLUSIVE');
    const began = Date.now();
    await relays(relay, 10);
    expect(Date.now() - began).toBeLessThan(3000);
    await pause(1500);
    other.exec('COMMIT');
  } finally {
    other.close();
  }
  await eventually(() => expect(countRows()).toBe(11), 15_000);
  expect(await relay.stop()).toBe(0);
  expectWholeLedger(stage.home);
}, 45_000);

test.skipIf(!isLinux || !isRoot)(
  'a disk that is full costs records, never a request; they go on when there is room',
  async ({ skip }) => {
    const mock = await stage.mock();
    mkdirSync(stage.home, { mode: 0o700 });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=640k,mode=700', 'tmpfs', stage.home], { stdio: 'pipe' });
    } catch {
      skip('nothing may be mounted here, so there is no small disk to fill');
    }
    stage.onEnd(() => execFileSync('umount', ['-l', stage.home]));
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    await relays(relay, 3);
    await relay.until(({ exchanges }) => exchanges === 3);
    fill(`${stage.home}/ballast`);
    await relays(relay, 25);
    const full = await relay.until(({ exchanges }) => exchanges === 28, 10_000);
    expect(full.relay.pid).toBe(relay.child.pid);
    await pause(1500);
    const { notices } = await relay.snapshot();
    expect(notices.map(({ text }) => text).join('\n')).toMatch(/full|room|written/i);
    writeFileSync(`${stage.home}/ballast`, '');
    await relays(relay, 3);
    await eventually(() => expect(countRows()).toBeGreaterThanOrEqual(6), 20_000);
    expect(await relay.stop()).toBe(0);
    expectWholeLedger(stage.home);
  },
  60_000,
);

/** Writes until the disk has no byte left. */
function fill(path: string): void {
  for (let size = 65_536; size >= 1; size = Math.floor(size / 4)) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // no room for that much: less
    }
  }
}
