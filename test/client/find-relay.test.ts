import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { askHealth, findRelay } from '../../src/client/find-relay.ts';
import { snapshot } from '../extension/snapshots.ts';
import { startFakeRelay } from './fake-relay.ts';
import type { FakeOptions } from './fake-relay.ts';
import { scratchHome } from './scratch-home.ts';

async function fake(options: Omit<FakeOptions, 'snapshot'>) {
  const relay = await startFakeRelay({ ...options, snapshot: () => snapshot() });
  onTestFinished(() => relay.stop());
  return relay;
}

test('a running relay is found with its endpoint and health', async () => {
  const home = await scratchHome();
  const { endpoint } = await fake({ home });
  expect(await findRelay(home)).toMatchObject({ ok: true, endpoint, health: { pid: process.pid, version: '0.1.0' } });
});

test('a home without an endpoint file is absent', async () => {
  expect(await findRelay(await scratchHome())).toMatchObject({ ok: false, reason: 'absent' });
});

test.each([
  '',
  '{',
  '[]',
  '{"pid":1}',
  `{"pid":1,"port":99999,"token":"${'x'.repeat(40)}","version":"1","protocol":"1.0","startedAt":1}`,
])('an endpoint file that reads %j is reported as broken', async (text) => {
  const home = await scratchHome();
  await mkdir(home);
  await writeFile(`${home}/endpoint.json`, text);
  expect(await findRelay(home)).toMatchObject({ ok: false, reason: 'broken-file' });
});

test('a relay that was killed is dead', async () => {
  const home = await scratchHome();
  const relay = await fake({ home });
  await relay.kill();
  expect(await findRelay(home)).toMatchObject({ ok: false, reason: 'dead' });
});

test('another program on the port is foreign, also where it never answers', async () => {
  const home = await scratchHome();
  const relay = await fake({ home });
  await relay.kill();
  for (const answer of [true, false]) {
    const server = createServer((_request, response) => void (answer && response.end('hello')));
    await new Promise<void>((done) => server.listen(relay.endpoint.port, '127.0.0.1', done));
    expect(await findRelay(home, 300)).toMatchObject({ ok: false, reason: 'foreign' });
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

test('a relay of another home on the port is foreign', async () => {
  const [home, other] = [await scratchHome(), await scratchHome()];
  const first = await fake({ home, pid: 4242 });
  await first.kill();
  await fake({ home: other, port: first.endpoint.port });
  expect(await findRelay(home)).toMatchObject({ ok: false, reason: 'foreign' });
});

test('a relay that speaks another protocol is named with both versions', async () => {
  const home = await scratchHome();
  await fake({ home, protocol: '2.3', version: '9.0.0' });
  expect(await findRelay(home)).toMatchObject({
    ok: false,
    reason: 'other-protocol',
    message: 'The running relay 9.0.0 speaks protocol 2.3, this program 1.0.',
    health: { version: '9.0.0' },
  });
});

test('a free port has nobody on it', async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  expect(await askHealth(port)).toEqual({ kind: 'nobody' });
});
