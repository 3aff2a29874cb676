import { request } from 'node:http';

export interface LoopbackRequest {
  readonly port: number;
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly token?: string;
  /** Sent as JSON where given. */
  readonly body?: unknown;
  /** From the first byte out to the last byte in; 3 s where absent. */
  readonly timeoutMs?: number;
}

/** `refused`: nobody listens there. `timeout`: somebody does and does not answer. `broken`: the answer was cut or is too long. */
export type LoopbackReply =
  | { readonly ok: true; readonly status: number; readonly text: string }
  | { readonly ok: false; readonly reason: 'refused' | 'timeout' | 'broken'; readonly message: string };

const LONGEST_REPLY = 16 * 1024 * 1024;

/** One short exchange with whatever listens on 127.0.0.1. Never throws, never keeps the connection. */
export function requestLoopback(asked: LoopbackRequest): Promise<LoopbackReply> {
  const { promise, resolve } = Promise.withResolvers<LoopbackReply>();
  const body = asked.body === undefined ? undefined : Buffer.from(JSON.stringify(asked.body));
  const call = request(
    {
      host: '127.0.0.1',
      port: asked.port,
      path: asked.path,
      method: asked.method ?? 'GET',
      agent: false,
      headers: {
        accept: 'application/json',
        ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
      },
      signal: AbortSignal.timeout(asked.timeoutMs ?? 3000),
    },
    (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > LONGEST_REPLY) call.destroy(new Error('the answer is too long'));
      });
      response.on('end', () =>
        resolve({ ok: true, status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', (error) => resolve({ ok: false, reason: 'broken', message: error.message }));
    },
  );
  call.on('error', (error: NodeJS.ErrnoException) => resolve({ ok: false, ...failureOf(error) }));
  call.end(body);
  return promise;
}

function failureOf(error: NodeJS.ErrnoException): { reason: 'refused' | 'timeout' | 'broken'; message: string } {
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return { reason: 'timeout', message: 'no answer in time' };
  if (error.code === 'ECONNREFUSED') return { reason: 'refused', message: 'nothing listens there' };
  return { reason: 'broken', message: error.message };
}
