import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { RateLimit } from '../../src/core/rate-limit.ts';
import { antigravity } from '../../src/providers/antigravity.ts';
import { createLocalMeters, type LocalMeterDeps } from '../../src/relay/local-meters.ts';
import { findLocalServers, readListening } from '../../src/relay/local-servers.ts';

const FAKE = fileURLToPath(new URL('fake-language-server.mjs', import.meta.url));
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  vi.useRealTimers();
});

interface Fake {
  readonly pid: number;
  readonly args: readonly string[];
  readonly other: number;
  readonly quota: number;
}

async function startFake(program = '/opt/antigravity/bin/language_server_linux_x64', token = 'tok-1'): Promise<Fake> {
  const args = [FAKE, '--csrf_token', token];
  const child = spawn(process.execPath, args, { argv0: program, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  ends.push(() => {
    child.kill();
    return ended;
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const ports = JSON.parse(line.toString()) as { other: number; quota: number };
  return { pid: child.pid!, args: [program, ...args], ...ports };
}

function meters(change: Partial<LocalMeterDeps>) {
  const readings: { accountKey: string; limits: readonly RateLimit[] }[] = [];
  const made = createLocalMeters({
    now: Date.now,
    random: () => 0,
    providers: [antigravity],
    allowed: () => true,
    accountKeyOf: (id) => `key of ${id}`,
    servers: () => Promise.resolve([]),
    onReading: (_, accountKey, limits) => readings.push({ accountKey, limits }),
    onChange: () => {},
    ...change,
  });
  ends.push(() => made.close());
  return { made, readings };
}

describe('programs of vendors on this machine', () => {
  test.runIf(process.platform === 'linux')('are found by their arguments, with the ports they listen on', async () => {
    const fake = await startFake();
    const found = await findLocalServers((args) => args[0] === fake.args[0]);
    const own = found?.find(({ pid }) => pid === fake.pid);
    expect(own?.args).toEqual(fake.args);
    expect(own?.ports).toEqual([fake.other, fake.quota].toSorted((a, b) => a - b));
    expect(await findLocalServers(() => false)).toEqual([]);
    expect(await findLocalServers(() => true, 'win32')).toBeUndefined();
  });

  test("a row of /proc/net/tcp counts where it listens and is the process's own", () => {
    const row = (port: string, state: string, inode: string) =>
      `   0: 0100007F:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100`;
    const table = ['  sl  local_address', row('1F90', '0A', '11'), row('1F91', '01', '11'), row('1F92', '0A', '12')];
    expect(readListening(table.join('\n'), (inode) => inode === '11')).toEqual([8080]);
    expect(readListening('nonsense\n\n', () => true)).toEqual([]);
  });
});

describe('the meter of a program on this machine', () => {
  test('reads every pool with the token of the process, over its own certificate', async () => {
    const fake = await startFake();
    const server = { pid: fake.pid, args: fake.args, ports: [fake.other, fake.quota] };
    const { made, readings } = meters({
      now: () => Date.now() + 10_000,
      servers: (wanted) => Promise.resolve(wanted(fake.args) ? [server] : []),
    });
    await vi.waitFor(() => expect(made.state('antigravity')?.state).toBe('ok'), { timeout: 10_000 });
    expect(readings).toHaveLength(1);
    expect(readings[0]!.accountKey).toBe('key of antigravity');
    expect(readings[0]!.limits.map(({ model, usedFraction }) => [model, usedFraction?.toFixed(2)])).toEqual([
      ['gemini', '0.35'],
      ['claude+gpt', '0.80'],
    ]);
    const { lastAt, nextAt } = made.state('antigravity')!;
    expect(nextAt! - lastAt!).toBe(120_000);
  });

  test('says what is missing where the token is wrong or nobody is there, and asks less often', async () => {
    const fake = await startFake();
    const args = [...fake.args.slice(0, -1), 'wrong'];
    const { made, readings } = meters({
      servers: () => Promise.resolve([{ pid: fake.pid, args, ports: [fake.other, fake.quota] }]),
    });
    await vi.waitFor(() => expect(made.state('antigravity')?.state).toBe('backing-off'), { timeout: 10_000 });
    expect(made.state('antigravity')?.reason).toBe('missing CSRF token');
    const nobody = meters({}).made;
    await vi.waitFor(() => expect(nobody.state('antigravity')?.state).toBe('backing-off'), { timeout: 10_000 });
    const { reason, lastAt, nextAt } = nobody.state('antigravity')!;
    expect(reason).toBe('Google Antigravity does not seem to be running on this machine.');
    expect(nextAt! - lastAt!).toBe(240_000);
    expect(readings).toEqual([]);
    const blind = meters({ servers: () => Promise.resolve(undefined) }).made;
    await vi.waitFor(() => expect(blind.state('antigravity')?.reason).toMatch(/cannot be looked for/), 10_000);
  });

  test('is off, and looks at no process, until the user switches it on', async () => {
    vi.useFakeTimers();
    let on = false;
    let looked = 0;
    const servers = () => {
      looked += 1;
      return Promise.resolve([]);
    };
    const { made } = meters({ allowed: () => on, servers });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect([looked, made.state('antigravity')?.state]).toEqual([0, 'off']);
    on = true;
    made.reconsider();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(looked).toBe(1);
    expect(made.state('zai')).toBeUndefined();
  });
});
