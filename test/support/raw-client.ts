import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isInterim, takeResponse } from './raw-framing.ts';

/** What is written: bytes (a string as latin1) and pauses, in order. */
export type RawWrite = string | Buffer | { readonly delayMs: number };

export interface RawClientOptions {
  /** Stop after this many final responses (1xx not counted); `close` waits for the server to end. Default 1. */
  readonly until?: number | 'close';
  /** Rejects after this long. Default 5000. */
  readonly timeoutMs?: number;
  /** Called with each chunk and the time since the connection was made. */
  readonly onChunk?: (chunk: Buffer, atMs: number) => void;
  readonly host?: string;
}

/**
 * Writes raw bytes to a loopback port and gives every byte that came back, 1xx responses included.
 * Methods are read from the request lines in what is written, so that HEAD answers are known to have no body.
 * Resolves too where the server closes early; rejects on timeout and on refused connections.
 */
export async function rawClient(
  port: number,
  bytes: RawWrite | readonly RawWrite[],
  options: RawClientOptions = {},
): Promise<Buffer> {
  const { until = 1, timeoutMs = 5000, onChunk, host = '127.0.0.1' } = options;
  const writes = isList(bytes) ? bytes : [bytes];
  const socket = await open(port, host);
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const startedAt = performance.now();
      let received = Buffer.alloc(0);
      const methods = readMethods(writes);
      const timer = setTimeout(
        () =>
          reject(new Error(`no whole response in ${timeoutMs} ms; got ${received.length} bytes: ${preview(received)}`)),
        timeoutMs,
      );
      const finish = (): void => {
        clearTimeout(timer);
        resolve(received);
      };
      socket.on('data', (chunk) => {
        onChunk?.(chunk, performance.now() - startedAt);
        received = Buffer.concat([received, chunk]);
        if (until !== 'close' && countFinal(received, methods) >= until) finish();
      });
      socket.once('close', finish);
      socket.on('error', () => socket.destroy());
      void send(socket, writes);
    });
  } finally {
    socket.destroy();
  }
}

/** A connected socket with Nagle off; rejects where nobody listens. */
export function open(port: number, host = '127.0.0.1'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

async function send(socket: Socket, writes: readonly RawWrite[]): Promise<void> {
  for (const write of writes) {
    if (typeof write === 'string') socket.write(Buffer.from(write, 'latin1'));
    else if (Buffer.isBuffer(write)) socket.write(write);
    else await sleep(write.delayMs);
    if (socket.destroyed) return;
  }
}

function readMethods(writes: readonly RawWrite[]): readonly string[] {
  const text = writes
    .filter((write) => typeof write === 'string' || Buffer.isBuffer(write))
    .map((write) => write.toString('latin1'))
    .join('');
  return [...text.matchAll(/^([A-Z]+) \S+ HTTP\/1\.[01]\r$/gm)].map((match) => match[1] ?? '');
}

function countFinal(received: Buffer, methods: readonly string[]): number {
  let rest = received;
  let final = 0;
  for (;;) {
    const message = takeResponse(rest, methods[final] ?? 'GET');
    if (message === undefined) return final;
    if (!isInterim(message)) final += 1;
    rest = rest.subarray(message.head.length + message.body.length);
  }
}

function isList(bytes: RawWrite | readonly RawWrite[]): bytes is readonly RawWrite[] {
  return Array.isArray(bytes);
}

function preview(bytes: Buffer): string {
  return JSON.stringify(bytes.toString('latin1', 0, 120));
}
