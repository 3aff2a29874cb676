import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { rawClient, type RawWrite } from '../support/raw-client.ts';
import { startRawUpstream, type RawResponse, type RawUpstream } from '../support/raw-upstream.ts';
import { startDataPlane, type DataPlane } from './data-plane.ts';

let plane: DataPlane | undefined;
let upstream: RawUpstream | undefined;
afterEach(async () => {
  await plane?.close();
  await upstream?.close();
  expect(upstream?.failures ?? []).toEqual([]);
  expect(plane?.troubles ?? []).toEqual([]);
  plane = upstream = undefined;
});

/** Sends `request` through the data plane to an upstream that answers `response`; gives what each end received. */
async function pass(request: RawWrite | readonly RawWrite[], response: RawResponse, until: number | 'close' = 1) {
  upstream = await startRawUpstream([response]);
  plane = await startDataPlane(upstream.url);
  const back = await rawClient(plane.port, request, { until });
  return {
    sent: Buffer.concat(upstream.received()).toString('latin1'),
    back: back.toString('latin1'),
    host: `127.0.0.1:${upstream.port}`,
  };
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const HEAD = 'Host: 127.0.0.1:7526\r\n';

describe('what leaves the agent is what reaches the upstream', () => {
  test('header order, case, duplicates and spacing stay; Host is re-pointed in place; hop-by-hop fields are removed', async () => {
    const { sent, host } = await pass(
      'POST /zai/api/anthropic/v1/messages?beta=true&x=%2F%2f HTTP/1.1\r\n' +
        'Accept: application/json\r\nX-Odd-CASE:   spaced  \r\nAuthorization: Bearer k\r\nHost: localhost:7526\r\n' +
        'Connection: keep-alive, X-Hop\r\nX-Hop: gone\r\nKeep-Alive: timeout=5\r\ncookie: a=1\r\nCookie: b=2\r\n' +
        'anthropic-beta: a,b\r\nX-Empty:\r\nContent-Length: 2\r\n\r\n{}',
      OK,
    );
    expect(sent).toBe(
      'POST /api/anthropic/v1/messages?beta=true&x=%2F%2f HTTP/1.1\r\n' +
        `Accept: application/json\r\nX-Odd-CASE:   spaced  \r\nAuthorization: Bearer k\r\nHost: ${host}\r\n` +
        'cookie: a=1\r\nCookie: b=2\r\nanthropic-beta: a,b\r\nX-Empty:\r\nContent-Length: 2\r\n\r\n{}',
    );
  });

  test('the agent prefix and the path secret are taken off, the rest of the path is not decoded or normalised', async () => {
    const { sent } = await pass(`GET /@claude-code/~s3cret/zai/a/../b//%7Euser/?q=%zz HTTP/1.1\r\n${HEAD}\r\n`, OK);
    expect(sent.split('\r\n')[0]).toBe('GET /a/../b//%7Euser/?q=%zz HTTP/1.1');
  });

  test('a chunked body passes with its chunk sizes, extensions and trailers, however the bytes arrive', async () => {
    const body = '5;ext="a;b"\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nX-Trailer: t\r\nx-second: u\r\n\r\n';
    const request = `POST /zai/x HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\nTrailer: X-Trailer\r\n\r\n${body}`;
    const pieces = Array.from(request).flatMap((char, i) => (i % 7 === 0 ? [{ delayMs: 0 }, char] : [char]));
    const { sent } = await pass(pieces, OK);
    expect(sent.endsWith(`\r\nTransfer-Encoding: chunked\r\nTrailer: X-Trailer\r\n\r\n${body}`)).toBe(true);
  });

  test('bytes of every value pass in both directions', async () => {
    const all = Buffer.from(Array.from({ length: 4096 }, (_, i) => i % 256));
    upstream = await startRawUpstream([
      [Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${all.length}\r\n\r\n`), all])],
    ]);
    plane = await startDataPlane(upstream.url);
    const back = await rawClient(plane.port, [
      `PUT /zai/x HTTP/1.1\r\n${HEAD}Content-Length: ${all.length}\r\n\r\n`,
      all,
    ]);
    expect(upstream.received()[0]!.subarray(-all.length).equals(all)).toBe(true);
    expect(back.subarray(-all.length).equals(all)).toBe(true);
  });

  test('a large body is streamed on while it still arrives', async () => {
    upstream = await startRawUpstream(async (connection) => {
      await connection.until((bytes) => bytes.length > 100_000);
      await connection.write('HTTP/1.1 100 Continue\r\n\r\n');
      await connection.until((bytes) => bytes.includes('THE-END'));
      await connection.write(OK);
    });
    plane = await startDataPlane(upstream.url);
    const half = Buffer.alloc(150_000, 'a');
    const back = await rawClient(plane.port, [
      `POST /zai/x HTTP/1.1\r\n${HEAD}Content-Length: ${half.length * 2 + 7}\r\n\r\n`,
      half,
      { delayMs: 150 },
      half,
      'THE-END',
    ]);
    expect(back.toString()).toBe(`HTTP/1.1 100 Continue\r\n\r\n${OK}`);
  });

  test('an HTTP/1.0 request is passed as HTTP/1.0 and its connection ends with the answer', async () => {
    const { sent, back } = await pass(`GET /zai/x HTTP/1.0\r\n${HEAD}\r\n`, OK, 'close');
    expect(sent.split('\r\n')[0]).toBe('GET /x HTTP/1.0');
    expect(back).toBe('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
  });

  test('an absolute-form target on loopback is understood', async () => {
    const { sent } = await pass(`GET http://127.0.0.1:7526/zai/x?y=1 HTTP/1.1\r\n${HEAD}\r\n`, OK);
    expect(sent.split('\r\n')[0]).toBe('GET /x?y=1 HTTP/1.1');
  });
});

describe('what leaves the upstream is what reaches the agent', () => {
  const cases: [name: string, request: string, response: RawResponse, expected?: string][] = [
    [
      'header order, case, reason phrase and request id stay; hop-by-hop fields are removed',
      'GET',
      'HTTP/1.1 429 Slow Down Please\r\nrequest-id: req_1\r\nX-Log-Id: l\r\nX-CASE:  v \r\nSet-Cookie: a\r\nset-cookie: b\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 4\r\n\r\nbusy',
      'HTTP/1.1 429 Slow Down Please\r\nrequest-id: req_1\r\nX-Log-Id: l\r\nX-CASE:  v \r\nSet-Cookie: a\r\nset-cookie: b\r\nContent-Length: 4\r\n\r\nbusy',
    ],
    [
      'chunks, extensions and trailers',
      'GET',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX-T: 1\r\n\r\n',
    ],
    ['a HEAD answer with a length and no body', 'HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 999\r\nETag: "x"\r\n\r\n'],
    ['204 without a body', 'GET', 'HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n'],
    ['304 with a length and no body', 'GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
    ['an empty body', 'GET', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['a status line without a reason', 'GET', 'HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx'],
    [
      'interim answers before the final one',
      'GET',
      `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n${OK}`,
    ],
  ];
  test.each(cases)('%s', async (_, method, response, expected) => {
    const { back } = await pass(`${method} /zai/x HTTP/1.1\r\n${HEAD}\r\n`, response);
    expect(back).toBe(expected ?? response);
  });

  test("a body that ends with the connection ends the agent's connection too", async () => {
    const { back } = await pass(
      `GET /zai/x HTTP/1.1\r\n${HEAD}\r\n`,
      ['HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nuntil ', { delayMs: 20 }, 'the end', { close: 'fin' }],
      'close',
    );
    expect(back).toBe('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nuntil the end');
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ] as const)('a %s body passes as it is while its copy is read', async (encoding, compress) => {
    const json = JSON.stringify({
      type: 'message',
      model: 'glm-5.3',
      stop_reason: 'end_turn',
      content: [],
      usage: { input_tokens: 11, cache_read_input_tokens: 5, output_tokens: 7 },
    });
    const body = compress(Buffer.from(json));
    upstream = await startRawUpstream([
      [
        Buffer.concat([
          Buffer.from(
            `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`,
          ),
          body,
        ]),
      ],
    ]);
    plane = await startDataPlane(upstream.url);
    const back = await rawClient(
      plane.port,
      `POST /zai/api/anthropic/v1/messages HTTP/1.1\r\n${HEAD}Content-Length: 19\r\n\r\n{"model":"glm-5.3"}`,
    );
    expect(back.subarray(-body.length).equals(body)).toBe(true);
    const [exchange] = await plane.recorded(1);
    expect(exchange).toMatchObject({
      modelRequested: 'glm-5.3',
      modelServed: 'glm-5.3',
      stopReason: 'end_turn',
      outcome: 'completed',
      usage: { inputTokens: 16, cacheReadTokens: 5, outputTokens: 7, exactness: 'reported' },
    });
  });

  test('each event reaches the agent when it was sent, not when the stream ends', async () => {
    upstream = await startRawUpstream([
      [
        'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n',
        '8\r\ndata: 1\n\r\n',
        { delayMs: 150 },
        '8\r\ndata: 2\n\r\n',
        { delayMs: 150 },
        '0\r\n\r\n',
      ],
    ]);
    plane = await startDataPlane(upstream.url);
    const arrivals: number[] = [];
    await rawClient(plane.port, `GET /zai/x HTTP/1.1\r\n${HEAD}\r\n`, { onChunk: (_, atMs) => arrivals.push(atMs) });
    expect(arrivals.at(-1)! - arrivals[0]!).toBeGreaterThan(200);
    expect(arrivals.length).toBeGreaterThanOrEqual(3);
  });

  test('pipelined requests are answered in order over one upstream connection', async () => {
    const get = (path: string) => `GET /zai/${path} HTTP/1.1\r\n${HEAD}\r\n`;
    const { sent, back } = await pass(get('1') + get('2') + get('3'), OK, 3);
    expect(back).toBe(OK + OK + OK);
    expect(sent.match(/^GET \S+/gm)).toEqual(['GET /1', 'GET /2', 'GET /3']);
    expect(upstream!.connections).toHaveLength(1);
  });
});
