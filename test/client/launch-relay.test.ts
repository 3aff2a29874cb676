import { readdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { findRelay } from '../../src/client/find-relay.ts';
import { launchRelay } from '../../src/client/launch-relay.ts';
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

test('a relay that ends at once is reported in its own last words', async () => {
  expect(await launchRelay(await request('die'))).toEqual({
    ok: false,
    reason: 'exited',
    message: 'planward: the ledger is from a newer version.',
  });
});

test('a relay that never listens is given up in time', async () => {
  const asked = await request('silent');
  expect(await launchRelay({ ...asked, timeoutMs: 400 })).toMatchObject({ ok: false, reason: 'timeout' });
});

test('a port that another program holds is reported in one plain sentence, before anything is started', async () => {
  const server = createServer((_request, response) => void response.end('not a relay'));
  onTestFinished(() => void server.close());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const asked = await request();
  expect(await launchRelay({ ...asked, port })).toEqual({
    ok: false,
    reason: 'port-busy',
    message: `Port ${port} is used by another program. Stop that program, or choose another port in the setting planward.relay.port.`,
  });
  expect(await readdir(asked.home)).not.toContain('relay.log');
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
