import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import type { Delivery } from './mock-reply.ts';

const compress = {
  gzip: promisify(zlib.gzip),
  br: promisify(zlib.brotliCompress),
  zstd: promisify(zlib.zstdCompress),
};

/** Fields of every answer, as Z.AI sends them: a log id, no limit headers. */
type Fields = readonly (readonly [name: string, value: string])[];

/** Sends one whole body with a length. */
export async function sendWhole(
  response: ServerResponse,
  status: number,
  fields: Fields,
  body: string | Buffer,
  delivery: Delivery = {},
): Promise<void> {
  await pause(delivery.firstByteMs);
  const plain = typeof body === 'string' ? Buffer.from(body) : body;
  const bytes = delivery.encoding === undefined ? plain : await compress[delivery.encoding](plain);
  const coding: Fields = delivery.encoding === undefined ? [] : [['content-encoding', delivery.encoding]];
  const length: Fields = [['content-length', String(bytes.length)]];
  response.writeHead(status, flat([...fields, ...coding, ...length, ...(delivery.headers ?? [])]));
  if (delivery.cut === undefined) {
    response.end(bytes);
    return;
  }
  await write(response, bytes.subarray(0, delivery.cut.after));
  await cut(response, delivery.cut.how);
}

/** Sends server-sent events one by one, each compressed so far that the client can read it at once. */
export async function sendEvents(
  response: ServerResponse,
  fields: Fields,
  events: readonly string[],
  delivery: Delivery = {},
): Promise<void> {
  await pause(delivery.firstByteMs);
  const coding: Fields = delivery.encoding === undefined ? [] : [['content-encoding', delivery.encoding]];
  response.writeHead(
    200,
    flat([
      ['content-type', 'text/event-stream'],
      ['cache-control', 'no-cache'],
      ...coding,
      ...fields,
      ...(delivery.headers ?? []),
    ]),
  );
  response.flushHeaders();
  const encoder = delivery.encoding === undefined ? undefined : streamEncoder(delivery.encoding);
  encoder?.stream.on('data', (bytes: Buffer) => void response.write(bytes));
  let sent = 0;
  for (const event of events) {
    if (delivery.cut !== undefined && sent >= delivery.cut.after) {
      await cut(response, delivery.cut.how);
      return;
    }
    if (response.destroyed) return; // The client went away.
    if (sent > 0) await pause(delivery.dripMs);
    if (encoder === undefined) await write(response, event);
    else await encoder.send(event);
    sent += 1;
  }
  if (encoder !== undefined) await encoder.finish();
  response.end();
}

function streamEncoder(encoding: NonNullable<Delivery['encoding']>) {
  const stream =
    encoding === 'gzip'
      ? zlib.createGzip()
      : encoding === 'br'
        ? zlib.createBrotliCompress()
        : zlib.createZstdCompress();
  return {
    stream,
    send: (text: string) =>
      new Promise<void>((resolve) => {
        stream.write(text);
        stream.flush(() => resolve());
      }),
    finish: () =>
      new Promise<void>((resolve) => {
        stream.once('end', resolve);
        stream.end();
      }),
  };
}

async function cut(response: ServerResponse, how: 'fin' | 'rst'): Promise<void> {
  // A reset throws away what the other side has not read yet, so it gets the time to, on a busy machine too.
  await pause(how === 'rst' ? 150 : 20);
  if (how === 'rst') response.socket?.resetAndDestroy();
  else response.socket?.destroy();
}

/** Resolves when the bytes have left, or when they never will. */
function write(response: ServerResponse, bytes: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const done = (): void => {
      response.off('close', done);
      resolve();
    };
    response.once('close', done);
    response.write(bytes, done);
    return undefined;
  });
}

function flat(fields: Fields): string[] {
  return fields.flatMap(([name, value]) => [name, value]);
}

async function pause(ms = 0): Promise<void> {
  if (ms > 0) await sleep(ms);
}
