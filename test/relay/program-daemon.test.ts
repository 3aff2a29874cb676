import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { spawnOptions } from '../../src/client/spawn-options.ts';
import { eventually, useProgram } from './program.ts';
import { chat } from './traffic.ts';

const stage = useProgram();

test('programs that the relay starts are not told to run as Node by VS Code', async () => {
  const answer = `${stage.folder}/answer`;
  const preload = `${stage.folder}/preload.cjs`;
  writeFileSync(
    preload,
    `const { execFileSync } = require('node:child_process');
    if (require('node:worker_threads').isMainThread) setTimeout(() => {
      const asked = [process.execPath, ['-p', 'JSON.stringify(process.env.ELECTRON_RUN_AS_NODE ?? null)']];
      require('node:fs').writeFileSync(${JSON.stringify(answer)}, execFileSync(...asked, { encoding: 'utf8' }));
    }, 300);`,
  );
  await stage.start({ command: [process.execPath, '--require', preload], env: { ELECTRON_RUN_AS_NODE: '1' } });
  await eventually(() => expect(readFileSync(answer, 'utf8').trim()).toBe('null'));
});

test('a bug of its own lets streams get to their end, and frees the port at once', async () => {
  const mock = await stage.mock({ delivery: { dripMs: 200 } });
  const preload = `${stage.folder}/preload.cjs`;
  writeFileSync(
    preload,
    `if (require('node:worker_threads').isMainThread) process.on('SIGUSR2', () => { throw new Error('a bug'); });`,
  );
  const relay = await stage.start({
    command: [process.execPath, '--require', preload],
    upstreams: { zai: mock.url },
  });
  const stream = await chat(relay.url, { stream: true });
  relay.child.kill('SIGUSR2');
  await eventually(() => expect(relay.err()).toContain('a bug of its own: a bug'));
  const next = await stage.start({ port: relay.port });
  expect(relay.child.exitCode).toBe(null);
  expect(await stream.text()).toContain('message_stop');
  expect(await relay.exited).toBe(70);
  expect(next.endpoint().pid).toBe(next.child.pid);
});

test('the log is put away when it is full, and old ones are let go', async () => {
  mkdirSync(stage.home);
  const full = 'an old line\n'.repeat(100_000);
  for (const name of ['relay.log', 'relay.log.1', 'relay.log.2']) writeFileSync(`${stage.home}/${name}`, full);
  const relay = await stage.start();
  await eventually(() => expect(statSync(`${stage.home}/relay.log`).size).toBeLessThan(10_000));
  await relay.stop();
  expect(
    readdirSync(stage.home)
      .filter((name) => name.startsWith('relay.log'))
      .toSorted(),
  ).toEqual(['relay.log', 'relay.log.1', 'relay.log.2']);
  expect(readFileSync(`${stage.home}/relay.log`, 'utf8')).toMatch(/ listening on \d+[^]* ended\n$/);
});

test('started as a daemon, the relay writes nothing into its log past the rotation', async () => {
  mkdirSync(stage.home, { mode: 0o700 });
  writeFileSync(`${stage.home}/settings.json`, '{"broken"');
  const mock = await stage.mock();
  const logFd = openSync(`${stage.home}/relay.log`, 'a', 0o600);
  const relay = stage.launch({ logFd, upstreams: { zai: mock.url } });
  closeSync(logFd);
  const { port } = await eventually(() => relay.endpoint());
  await (await chat(`http://127.0.0.1:${port}`)).text();
  await eventually(() => expect(readFileSync(`${stage.home}/relay.log`, 'utf8')).toContain(' listening on '));
  await relay.stop();
  const lines = readFileSync(`${stage.home}/relay.log`, 'utf8').trimEnd().split('\n');
  expect(lines.filter((line) => !/^\d{4}-\d\d-\d\dT[\d:.]+Z (info |warn |error) /.test(line))).toEqual([]);
});

test('a daemon that cannot start leaves its reason as the last line of the log', async () => {
  mkdirSync(stage.home, { mode: 0o700 });
  const logFd = openSync(`${stage.home}/relay.log`, 'a', 0o600);
  const relay = stage.launch({ logFd, args: ['--home', stage.home, '--port', '99999'] });
  closeSync(logFd);
  expect(await relay.exited).toBe(2);
  expect(readFileSync(`${stage.home}/relay.log`, 'utf8').trimEnd().split('\n').at(-1)).toContain('--port 99999');
});

test('programs and marks of earlier relays are swept, but not those of one that still runs or is newer', async () => {
  mkdirSync(stage.home);
  const gone = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => gone.once('close', resolve));
  const files = [
    'relay-0.9.0.cjs',
    `relay-0.9.0.${gone.pid}.pid`,
    'relay-1.0.0.cjs',
    `relay-1.0.0.${process.pid}.pid`,
    'relay-1.2.3.cjs',
    'relay-2.0.0.cjs',
    `endpoint.json.${gone.pid}.1.tmp`,
    'mine.txt',
  ];
  for (const name of files) writeFileSync(`${stage.home}/${name}`, '');
  const relay = await stage.start();
  const left = readdirSync(stage.home).filter((name) => files.includes(name));
  expect(left.toSorted()).toEqual(
    ['mine.txt', 'relay-1.0.0.cjs', `relay-1.0.0.${process.pid}.pid`, 'relay-1.2.3.cjs', 'relay-2.0.0.cjs'].toSorted(),
  );
  expect(existsSync(`${stage.home}/relay-1.2.3.${relay.child.pid}.pid`)).toBe(true);
  await relay.stop();
  expect(existsSync(`${stage.home}/relay-1.2.3.${relay.child.pid}.pid`)).toBe(false);
});

test.skipIf(process.platform === 'win32')(
  'the window or terminal that started it may go: SIGHUP does not end it',
  async () => {
    const relay = await stage.start();
    relay.child.kill('SIGHUP');
    await pause(300);
    expect((await fetch(`${relay.url}/_planward/health`)).status).toBe(200);
  },
);

test('as the extension starts it, it listens, and its environment is free of the window', async () => {
  mkdirSync(stage.home, { mode: 0o700 });
  const logFd = openSync(`${stage.home}/relay.log`, 'a', 0o600);
  const env = { PATH: process.env['PATH'], VSCODE_PID: '1', ELECTRON_NO_ATTACH_CONSOLE: '1', NODE_OPTIONS: '--bad' };
  const plan = spawnOptions({
    runtime: process.execPath,
    script: stage.relayFile,
    home: stage.home,
    port: 0,
    env,
    logFd,
  });
  const child = spawn(plan.command, plan.args, plan.options);
  closeSync(logFd);
  stage.onEnd(() => child.kill('SIGKILL'));
  const { port } = await eventually(
    () => JSON.parse(readFileSync(`${stage.home}/endpoint.json`, 'utf8')) as { port: number },
  );
  expect(await (await fetch(`http://127.0.0.1:${port}/_planward/health`)).json()).toMatchObject({ pid: child.pid });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await gone).toBe(0);
});
