import type net from 'node:net';
import { Duplex } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { providers } from '../../src/providers/list.ts';
import { createPool } from '../../src/relay/pool.ts';
import { serveAgent, type ServeDeps } from '../../src/relay/serve-agent.ts';
import { upstreamTable } from '../../src/relay/upstreams.ts';

afterEach(() => vi.useRealTimers());

/** A connection whose writes stay with us until we say that the system took them. */
function slowSocket() {
  const written: string[] = [];
  const acknowledge: (() => void)[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _, done) {
      written.push(chunk.toString());
      acknowledge.push(done);
    },
  });
  Object.assign(socket, { setNoDelay: () => socket, setTimeout: () => socket });
  return { socket: socket as unknown as net.Socket, written, acknowledge };
}

const deps: ServeDeps = {
  upstreams: () => upstreamTable(providers, {}),
  pool: createPool(),
  dialects: new Map(),
  observer: {
    pending: 0,
    open() {
      throw new Error('nothing is forwarded here');
    },
  },
  gateFor: () => undefined,
  handOver: () => {},
  draining: () => false,
};

test('a connection that ends with its answer is not given up before a slow reader has taken all of it', async () => {
  vi.useFakeTimers();
  const { socket, written, acknowledge } = slowSocket();
  serveAgent(socket, deps, () => {});
  socket.emit('data', Buffer.from('GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'));
  expect(written.join('')).toMatch(/^HTTP\/1.1 404 /);
  vi.advanceTimersByTime(60_000);
  expect(socket.destroyed).toBe(false);
  for (const done of acknowledge) done();
  await vi.waitFor(() => expect(socket.destroyed).toBe(true), { timeout: 10_000 });
  expect(socket.writableFinished).toBe(true);
});
