import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { snapshotSchema } from '../../src/protocol/snapshot.ts';
import { useProgram } from '../relay/program.ts';
import { chat } from '../relay/traffic.ts';

const stage = useProgram(true);

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `planward` in the scratch home until it ends, for at most 20 s. */
function planward(args: readonly string[]): Promise<Ran> {
  const env = { PATH: process.env['PATH'], HOME: stage.folder, PLANWARD_HOME: stage.home };
  const child = spawn(process.execPath, [stage.cliFile, ...args], { env, timeout: 20_000 });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

test('status --json is a whole Snapshot', async () => {
  const mock = await stage.mock();
  const relay = await stage.start({ upstreams: { zai: mock.url } });
  await (await chat(relay.url)).text();
  await relay.until(({ exchanges }) => exchanges === 1);
  const { code, out, err } = await planward(['status', '--json']);
  expect([code, err]).toEqual([0, '']);
  const said: unknown = JSON.parse(out);
  const snapshot = snapshotSchema.parse(said);
  expect(snapshot).toEqual(said); // the schema knows every field
  expect(snapshot).toMatchObject({
    schema: 'planward.status.v1',
    exchanges: 1,
    relay: { pid: relay.child.pid, port: relay.port, version: '1.2.3' },
    recent: [{ providerId: 'zai', outcome: 'completed' }],
  });
});

test('status is readable by people, and a figure that is not known is a question mark', async () => {
  const mock = await stage.mock();
  const relay = await stage.start({ upstreams: { zai: mock.url } });
  expect((await planward(['status'])).out).toContain('No traffic yet.');
  await relay.control('/_planward/v1/settings', { method: 'PATCH', body: { pollUsage: { zai: false } } });
  await (await chat(relay.url)).text();
  await relay.until(({ exchanges }) => exchanges === 1);
  const { code, out } = await planward(['status', '--home', stage.home]);
  expect(code).toBe(0);
  expect(out).toMatch(/glm-4\.7, 200, \d+ tokens in/);
  expect(out).not.toMatch(/undefined|NaN|\b0%/);
});

test('status without a relay says what to do', async () => {
  for (const prepare of [
    () => {},
    () => {
      mkdirSync(stage.home);
      writeFileSync(`${stage.home}/endpoint.json`, 'broken');
    },
  ]) {
    prepare();
    const { code, out, err } = await planward(['status']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^planward status: [^\n]+planward relay[^\n]+\n$/);
  }
});

test('a relay that was killed is told from one that never was', async () => {
  const relay = await stage.start();
  relay.child.kill('SIGKILL');
  await relay.exited;
  const { code, err } = await planward(['status']);
  expect(code).toBe(1);
  expect(err).toContain('has ended');
});

test('an unknown command and an unknown flag are bad usage, said in words', async () => {
  const unknown = await planward(['statsu']);
  expect([unknown.code, unknown.out]).toEqual([2, '']);
  expect(unknown.err).toContain('"statsu"');
  expect(unknown.err).toContain('planward status');
  const flag = await planward(['status', '--jsn']);
  expect([flag.code, flag.out]).toEqual([2, '']);
  expect(flag.err).toMatch(/^planward status: [^\n]*--jsn[^\n]*\n$/);
});

test('--help lists every command, --version the version', async () => {
  for (const args of [['--help'], ['help'], []]) {
    const { code, out, err } = await planward(args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/planward relay .*[^]*planward status /);
  }
  expect(await planward(['--version'])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
});

test('planward relay runs the relay, passes its exit code on, drains it on SIGTERM, and brings status line programs of the home up to date', async () => {
  // What agents' status lines run in this home is of an earlier installation.
  const statusline = join(stage.home, 'hooks', 'statusline.cjs');
  mkdirSync(dirname(statusline), { recursive: true });
  writeFileSync(statusline, 'older');
  writeFileSync(join(dirname(stage.cliFile), 'statusline.cjs'), 'as new as the relay');
  expect((await planward(['relay', '--port', 'x'])).code).toBe(2);
  const env = { PATH: process.env['PATH'], HOME: stage.folder, PLANWARD_HOME: stage.home };
  const child = spawn(process.execPath, [stage.cliFile, 'relay', '--port', '0'], { env, timeout: 20_000 });
  const gone = new Promise((resolve) => child.once('close', resolve));
  const line = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
  });
  const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(line)?.[1];
  expect((await fetch(`${url}/_planward/health`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await gone).toBe(0);
  expect(readFileSync(statusline, 'utf8')).toBe('as new as the relay');
  await expect(fetch(`${url}/_planward/health`)).rejects.toThrow();
});
