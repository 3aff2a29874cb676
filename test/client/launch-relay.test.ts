import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { findRelay } from '../../src/client/find-relay.ts';
import { installProgram, launchRelay } from '../../src/client/launch-relay.ts';
import { snapshot } from '../extension/snapshots.ts';
import { startFakeRelay } from './fake-relay.ts';
import { scratchHome } from './scratch-home.ts';

let program: string;

beforeAll(async () => {
  const built = await build({
    entryPoints: [join(import.meta.dirname, 'fake-relay-program.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  program = built.outputFiles[0]!.text;
});

async function request(mood?: string) {
  const home = await scratchHome();
  const relayScript = `${home}-program.cjs`;
  await writeFile(
    relayScript,
    `void import('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(program))});`,
  );
  onTestFinished(async () => {
    const found = await findRelay(home);
    if (found.ok && found.health.pid !== process.pid) process.kill(found.health.pid);
  });
  return { home, port: 0, version: '0.1.0', relayScript, env: { ...process.env, FAKE_RELAY: mood }, timeoutMs: 8000 };
}

test('the relay starts from a copy in a home that only the user can enter', async () => {
  const asked = await request();
  const launched = await launchRelay(asked);
  expect(launched).toMatchObject({ ok: true, health: { version: '0.1.0' } });
  expect((await readdir(asked.home)).toSorted()).toEqual(['endpoint.json', 'relay-0.1.0.cjs', 'relay.log']);
  if (process.platform !== 'win32') {
    expect((await stat(asked.home)).mode & 0o777).toBe(0o700);
    expect((await stat(`${asked.home}/relay.log`)).mode & 0o777).toBe(0o600);
  }
});

test('the model that lies beside a program goes into the home with it, from there also to a further home', async () => {
  const [dist, home, next] = [await scratchHome(), await scratchHome(), await scratchHome()];
  await mkdir(dist);
  await writeFile(`${dist}/relay.cjs`, 'program');
  await writeFile(`${dist}/scope-model.bin`, 'model');
  for (const folder of [home, next]) await mkdir(folder);
  expect(await installProgram(home, '0.1.0', `${dist}/relay.cjs`)).toEqual({
    ok: true,
    script: `${home}/relay-0.1.0.cjs`,
  });
  expect(await readFile(`${home}/relay-0.1.0.bin`, 'utf8')).toBe('model');
  await installProgram(next, '0.1.0', `${home}/relay-0.1.0.cjs`);
  expect((await readdir(next)).toSorted()).toEqual(['relay-0.1.0.bin', 'relay-0.1.0.cjs']);
});

test('a relay that ends at once is reported in its own last words', async () => {
  expect(await launchRelay(await request('die'))).toEqual({
    ok: false,
    reason: 'exited',
    message: 'the ledger is from a newer version.',
  });
});

test('a relay that never listens is given up in time', async () => {
  const asked = await request('silent');
  expect(await launchRelay({ ...asked, timeoutMs: 400 })).toMatchObject({ ok: false, reason: 'timeout' });
});

test('a relay of another home on the port is named as what it is', async () => {
  const other = await startFakeRelay({ home: await scratchHome(), snapshot: () => snapshot() });
  onTestFinished(() => other.stop());
  const asked = await request('step-back');
  expect(await launchRelay({ ...asked, port: other.endpoint.port })).toMatchObject({
    ok: false,
    reason: 'port-busy',
    owner: `Planward (pid ${process.pid})`,
  });
});

test('a home that cannot be written and a program that is not there are told apart', async () => {
  const asked = await request();
  await writeFile(asked.home, 'a file where the folder should be');
  expect(await launchRelay(asked)).toMatchObject({ ok: false, reason: 'home' });
  const other = await request();
  expect(await launchRelay({ ...other, relayScript: `${other.home}/nowhere.cjs` })).toMatchObject({
    reason: 'program',
  });
  expect(await launchRelay({ ...other, runtime: `${other.home}/no-node` })).toMatchObject({ reason: 'program' });
});
