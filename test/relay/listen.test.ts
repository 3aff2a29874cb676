import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { listen, type Listening } from '../../src/relay/listen.ts';
import { open } from '../support/raw-client.ts';

type Open = Extract<Listening, { ok: true }>;

async function start(port = 0): Promise<Open> {
  const listening = await listen(port, () => {});
  if (!listening.ok) throw new Error(listening.message);
  onTestFinished(() => listening.close());
  return listening;
}

test('connections that come before anybody serves them are served later, with what they said; broken ones do no harm', async () => {
  const listening = await start();
  const early = await open(listening.port);
  const broken = await open(listening.port);
  early.write('early');
  broken.write('broken');
  broken.resetAndDestroy();
  await pause(50);
  const heard: string[] = [];
  listening.serve((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      heard.push(bytes.toString());
      socket.end('served');
    });
  });
  const answer = await new Promise<string>((resolve) => early.once('data', (bytes) => resolve(bytes.toString())));
  expect(answer).toBe('served');
  expect(heard).toContain('early');
  const late = await open(listening.port);
  late.write('late');
  await new Promise((resolve) => late.once('data', resolve));
  expect(heard.at(-1)).toBe('late');
  for (const socket of [early, late]) socket.destroy();
});

test('a port let go is free at once, while its connections go on', async () => {
  const first = await start();
  first.serve((socket) => void socket.pipe(socket));
  const socket = await open(first.port);
  first.close();
  const second = await start(first.port);
  expect(second.port).toBe(first.port);
  socket.write('still here');
  expect(await new Promise((resolve) => socket.once('data', (bytes) => resolve(bytes.toString())))).toBe('still here');
  socket.destroy();
});

test('a port that is taken on either loopback address is in use', async () => {
  const first = await start();
  expect(await listen(first.port, () => {})).toMatchObject({ ok: false, reason: 'in-use' });
  const six = net.createServer();
  const listens = await new Promise<boolean>((resolve) => {
    six.once('error', () => resolve(false));
    six.listen({ host: '::1', port: 0 }, () => resolve(true));
  });
  if (!listens) return; // no IPv6 loopback here
  onTestFinished(() => void six.close());
  const { port } = six.address() as net.AddressInfo;
  expect(await listen(port, () => {})).toMatchObject({ ok: false, reason: 'in-use' });
  const four = net.createServer();
  onTestFinished(() => void four.close());
  await new Promise<void>((resolve, reject) => {
    four.once('error', reject);
    four.listen({ host: '127.0.0.1', port }, resolve);
  });
});
