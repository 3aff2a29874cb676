import type { Socket } from 'node:net';
import { open } from '../test/support/raw-client.ts';

/** A keep-alive connection that sends one request after another and does as little as possible besides. */
export interface LoadConnection {
  /** Sends a request and resolves with the ms until the last byte of its answer. Rejects on any status but 200. */
  exchange(request: Buffer): Promise<number>;
  close(): void;
}

export async function openLoadConnection(port: number): Promise<LoadConnection> {
  const socket = await open(port);
  const reader = createAnswerReader();
  let settle: { resolve: (ms: number) => void; reject: (error: Error) => void } | undefined;
  let startedAt = 0;
  const failed = (why: string): void => {
    settle?.reject(new Error(why));
    settle = undefined;
  };
  socket.on('data', (chunk) => {
    const state = reader.feed(chunk);
    if (state === 'more') return;
    if (state !== 'done') return failed(state);
    const now = performance.now();
    const { resolve } = settle ?? {};
    settle = undefined;
    resolve?.(now - startedAt);
    return undefined;
  });
  socket.on('error', (error) => failed(error.message));
  socket.on('close', () => failed('the connection was closed'));
  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        startedAt = performance.now();
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** Follows answers with a length or in chunks whose end comes in one piece. `feed` gives an error text for other statuses. */
function createAnswerReader() {
  let head = '';
  let inBody = false;
  let left = 0;
  let chunked = false;
  let tail = '';
  return {
    feed(bytes: Buffer): 'more' | 'done' | (string & {}) {
      let at = 0;
      if (!inBody) {
        const end = bytes.indexOf('\r\n\r\n');
        head += bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
        if (end < 0) return 'more';
        at = end + 4;
        if (!head.startsWith('HTTP/1.1 200')) return head.slice(0, 200);
        const length = /content-length: *(\d+)/i.exec(head)?.[1];
        chunked = length === undefined;
        left = Number(length ?? 0);
        head = '';
        tail = '';
        inBody = true;
      }
      if (chunked) tail = (tail + bytes.toString('latin1', at)).slice(-5);
      else left -= bytes.length - at;
      const whole = chunked ? tail === '0\r\n\r\n' : left === 0;
      if (whole) inBody = false;
      return whole ? 'done' : 'more';
    },
  };
}

/** Opens a connection, sends one request and hands on each piece of the answer until it ends or `isLast` says so. */
export async function listenToStream(port: number, request: Buffer, onText: (text: string) => boolean): Promise<void> {
  const socket: Socket = await open(port);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on('data', (chunk) => {
        if (onText(chunk.toString('latin1'))) resolve();
      });
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('the stream was cut')));
      socket.write(request);
    });
  } finally {
    socket.destroy();
  }
}
