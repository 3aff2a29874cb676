import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from './loopback.ts';
import { takeRequest, type RawMessage } from './raw-framing.ts';

/** One step of a scripted answer. Steps run in order; a string is sent as latin1. */
export type RawStep =
  | string
  | Buffer
  /** Pause. */
  | { readonly delayMs: number }
  /** Half-close or reset the connection. */
  | { readonly close: 'fin' | 'rst' };

/** Steps sent once the whole request is in. A bare string or Buffer is one step. */
export type RawResponse = readonly RawStep[] | string | Buffer;

/** One accepted connection, for handlers that need more than a script. */
export interface RawConnection {
  /** 0 for the first connection accepted. */
  readonly index: number;
  /** Every byte received so far. */
  received(): Buffer;
  /** The next whole request, in the order they came. Rejects when the connection closes or `timeoutMs` (5000) passes first. */
  request(timeoutMs?: number): Promise<RawMessage>;
  /** Resolves when `received()` satisfies the predicate; rejects on close or timeout. */
  until(predicate: (received: Buffer) => boolean, timeoutMs?: number): Promise<Buffer>;
  /** Resolves when the bytes are flushed to the kernel. */
  write(bytes: string | Buffer): Promise<void>;
  end(): void;
  reset(): void;
  /** Stops reading, so that the sender feels back-pressure; `resume` goes on. */
  pause(): void;
  resume(): void;
  /** Resolves when the connection is gone, however it went. */
  readonly closed: Promise<void>;
  /** Resolves when the other side has ended its half (FIN) or the connection is gone. */
  readonly ended: Promise<void>;
}

export interface RawUpstream {
  readonly port: number;
  readonly url: string;
  /** Bytes received so far, one Buffer per connection, in order of acceptance. */
  received(): readonly Buffer[];
  readonly connections: readonly RawConnection[];
  /** Errors thrown by the handler, so that a test can assert there were none. */
  readonly failures: readonly unknown[];
  close(): Promise<void>;
}

/**
 * An upstream with full control of bytes: sends exactly what it is told, when it is told, and keeps what it receives.
 * With a list, the nth request (over all connections) gets the nth response, later ones the last.
 * A handler gets each connection as it is accepted.
 */
export async function startRawUpstream(
  script: ((connection: RawConnection) => Promise<void> | void) | readonly RawResponse[],
): Promise<RawUpstream> {
  const connections: RawConnection[] = [];
  const sockets = new Set<Socket>();
  const failures: unknown[] = [];
  const handle = typeof script === 'function' ? script : followList(script);
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const connection = openConnection(socket, connections.length);
    connections.push(connection);
    void (async () => {
      try {
        await handle(connection);
      } catch (error) {
        failures.push(error);
        socket.destroy();
      }
    })();
  });
  const port = await listen(server);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    received: () => connections.map((connection) => connection.received()),
    connections,
    failures,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Sends the steps on a connection. */
export async function sendSteps(connection: RawConnection, response: RawResponse): Promise<void> {
  const steps = typeof response === 'string' || Buffer.isBuffer(response) ? [response] : response;
  for (const step of steps) {
    if (typeof step === 'string' || Buffer.isBuffer(step)) await connection.write(step);
    else if ('delayMs' in step) await sleep(step.delayMs);
    else if (step.close === 'fin') connection.end();
    else connection.reset();
  }
}

function followList(responses: readonly RawResponse[]): (connection: RawConnection) => Promise<void> {
  let served = 0;
  return async (connection) => {
    for (;;) {
      try {
        await connection.request(60_000);
      } catch {
        connection.end();
        return; // The other side is done with this connection.
      }
      const response = responses[Math.min(served, responses.length - 1)];
      served += 1;
      if (response === undefined) throw new Error('startRawUpstream needs at least one response');
      await sendSteps(connection, response);
    }
  };
}

function openConnection(socket: Socket, index: number): RawConnection {
  let bytes = Buffer.alloc(0);
  let taken = 0;
  let ended = false;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const check of waiting) check();
  };
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      ended = true;
      wake();
      resolve();
    });
  });
  const over = new Promise<void>((resolve) => {
    socket.once('end', resolve);
    socket.once('close', () => resolve());
  });
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    wake();
  });
  socket.on('end', () => {
    ended = true;
    wake();
  });
  socket.on('error', () => socket.destroy());

  function wait<T>(read: () => T | undefined, timeoutMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        waiting.delete(check);
        settle();
      };
      const check = (): void => {
        const value = read();
        if (value !== undefined) finish(() => resolve(value));
        else if (ended) finish(() => reject(new Error(`connection ${index} closed after ${bytes.length} bytes`)));
      };
      const timer = setTimeout(
        () => finish(() => reject(new Error(`connection ${index}: nothing fitting in ${timeoutMs} ms`))),
        timeoutMs,
      );
      timer.unref();
      waiting.add(check);
      check();
    });
  }

  return {
    index,
    received: () => bytes,
    request: (timeoutMs = 5000) =>
      wait(() => {
        const message = takeRequest(bytes.subarray(taken));
        if (message !== undefined) taken += message.head.length + message.body.length;
        return message;
      }, timeoutMs),
    until: (predicate, timeoutMs = 5000) => wait(() => (predicate(bytes) ? bytes : undefined), timeoutMs),
    write: (out) =>
      new Promise((resolve) => {
        if (socket.destroyed) return resolve();
        return socket.write(typeof out === 'string' ? Buffer.from(out, 'latin1') : out, () => resolve());
      }),
    end: () => socket.end(),
    reset: () => socket.resetAndDestroy(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    closed,
    ended: over,
  };
}
