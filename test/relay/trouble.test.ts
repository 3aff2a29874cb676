import { afterEach, describe, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { open, rawClient } from '../support/raw-client.ts';
import { startRawUpstream, type RawResponse, type RawUpstream } from '../support/raw-upstream.ts';
import { startDataPlane, type DataPlane } from './data-plane.ts';

let plane: DataPlane | undefined;
let upstream: RawUpstream | undefined;
afterEach(async () => {
  await plane?.close();
  await upstream?.close();
  expect(plane?.troubles ?? []).toEqual([]);
  plane = upstream = undefined;
});

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const HEAD = 'Host: 127.0.0.1:7526\r\n';
const MESSAGES = `POST /zai/api/anthropic/v1/messages HTTP/1.1\r\n${HEAD}Content-Length: 2\r\n\r\n{}`;
const CHAT = `POST /zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\n${HEAD}Content-Length: 2\r\n\r\n{}`;

async function start(script: Parameters<typeof startRawUpstream>[0]): Promise<DataPlane> {
  upstream = await startRawUpstream(script);
  plane = await startDataPlane(upstream.url);
  return plane;
}

describe('refused before anything leaves', () => {
  const refusals: [name: string, request: string, status: number, reason: string][] = [
    ['a foreign Host', 'GET /zai/x HTTP/1.1\r\nHost: evil.example\r\n\r\n', 403, 'foreign-host'],
    [
      'a foreign Host that starts like ours',
      'GET /zai/x HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n',
      403,
      'foreign-host',
    ],
    ['a foreign authority in the target', `GET http://evil.example/zai/x HTTP/1.1\r\n${HEAD}\r\n`, 403, 'foreign-host'],
    ['an Origin', `GET /zai/x HTTP/1.1\r\n${HEAD}Origin: http://127.0.0.1:7526\r\n\r\n`, 403, 'origin'],
    ['no Host', 'GET /zai/x HTTP/1.1\r\n\r\n', 400, 'host-field'],
    ['two Hosts', `GET /zai/x HTTP/1.1\r\n${HEAD}${HEAD}\r\n`, 400, 'host-field'],
    [
      'a WebSocket',
      `GET /zai/x HTTP/1.1\r\n${HEAD}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
      426,
      'no-websocket',
    ],
    ['an unknown provider', `GET /nobody/x HTTP/1.1\r\n${HEAD}\r\n`, 404, 'unknown-path'],
    ['no provider', `GET / HTTP/1.1\r\n${HEAD}\r\n`, 404, 'unknown-path'],
    ['HTTP/2 by prior knowledge', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505, 'http-version'],
    ['a request line that is none', 'hello\r\n\r\n', 400, 'bad-request-line'],
    [
      'length beside chunked',
      `POST /zai/x HTTP/1.1\r\n${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'length-and-chunked',
    ],
    [
      'two lengths',
      `POST /zai/x HTTP/1.1\r\n${HEAD}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`,
      400,
      'content-length',
    ],
    ['a list of lengths', `POST /zai/x HTTP/1.1\r\n${HEAD}Content-Length: 3, 3\r\n\r\nabc`, 400, 'content-length'],
    ['a signed length', `POST /zai/x HTTP/1.1\r\n${HEAD}Content-Length: +3\r\n\r\nabc`, 400, 'content-length'],
    [
      'an unknown transfer coding',
      `POST /zai/x HTTP/1.1\r\n${HEAD}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
      501,
      'transfer-coding',
    ],
    [
      'chunked hidden behind a tab',
      `POST /zai/x HTTP/1.1\r\n${HEAD}Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n`,
      400,
      'bad-header',
    ],
    ['a space before the colon', `POST /zai/x HTTP/1.1\r\n${HEAD}Content-Length : 3\r\n\r\nabc`, 400, 'bad-header'],
    ['a folded line', `GET /zai/x HTTP/1.1\r\n${HEAD}X-A: b\r\n c\r\n\r\n`, 400, 'bad-header'],
    ['a bare LF', `GET /zai/x HTTP/1.1\r\n${HEAD}X-A: b\nX-C: d\r\n\r\n`, 400, 'bad-header'],
    ['a NUL', `GET /zai/x HTTP/1.1\r\n${HEAD}X-A: \0\r\n\r\n`, 400, 'bad-header'],
    [
      'Connection that names the length',
      `POST /zai/x HTTP/1.1\r\n${HEAD}Connection: content-length\r\nContent-Length: 0\r\n\r\n`,
      400,
      'connection-field',
    ],
  ];
  test.each(refusals)('%s', async (_, request, status, reason) => {
    const { port } = await start([OK]);
    const back = (await rawClient(port, request, { until: 'close' })).toString();
    expect(back).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(back).toContain(`X-Planward-Reason: ${reason}\r\n`);
    expect(upstream!.connections).toHaveLength(0);
  });

  test('an unknown provider is told which ones there are', async () => {
    const { port } = await start([OK]);
    const back = (await rawClient(port, `GET /nobody/x HTTP/1.1\r\n${HEAD}\r\n`, { until: 'close' })).toString();
    expect(back).toContain('/zai/, /bigmodel/, /anthropic/');
  });

  test('a head that never ends is cut off at 128 KB', async () => {
    const { port } = await start([OK]);
    const back = await rawClient(port, [`GET /zai/x HTTP/1.1\r\n${HEAD}X: `, 'a'.repeat(140_000)], { until: 'close' });
    expect(back.toString()).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('a broken chunk size ends the request and the upstream never sees what follows', async () => {
    const { port } = await start([OK]);
    const back = await rawClient(
      port,
      [
        `POST /zai/x HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\n`,
        { delayMs: 30 },
        'zz\r\nGET /smuggled HTTP/1.1\r\n\r\n',
      ],
      { until: 'close' },
    );
    expect(back.toString()).toMatch(/^HTTP\/1\.1 400 .*X-Planward-Reason: bad-chunk/s);
    expect(Buffer.concat(upstream!.received()).toString()).not.toContain('smuggled');
  });

  test('a request for the control plane on a kept connection is handed over', async () => {
    const { port } = await start([OK]);
    const back = await rawClient(
      port,
      `GET /zai/x HTTP/1.1\r\n${HEAD}\r\nGET /_planward/health HTTP/1.1\r\n${HEAD}\r\n`,
      { until: 2 },
    );
    expect(back.toString()).toContain('\r\n\r\ncontrol');
  });
});

describe('an upstream that fails', () => {
  test('one that refuses connections is answered for with 502 in the Anthropic dialect', async () => {
    upstream = await startRawUpstream([OK]);
    plane = await startDataPlane(upstream.url);
    await upstream.close();
    const back = (await rawClient(plane.port, MESSAGES)).toString();
    expect(back).toMatch(/^HTTP\/1\.1 502 Bad Gateway/);
    const body = JSON.parse(back.slice(back.indexOf('\r\n\r\n') + 4));
    expect(body.type).toBe('error');
    expect(body.error.message).toContain('connection was refused');
    const [exchange] = await plane.recorded(1);
    expect(exchange).toMatchObject({ outcome: 'upstream-failed', status: 502, requestReading: 'read' });
  });

  test('one that closes without answering is answered for with 502 in the OpenAI dialect, and the connection lives on', async () => {
    const { port } = await start([[{ close: 'fin' }], OK]);
    const client = await rawClient(port, CHAT);
    expect(JSON.parse(client.toString().split('\r\n\r\n')[1]!).error.message).toContain(
      'closed the connection without answering',
    );
    expect((await rawClient(port, [CHAT, { delayMs: 50 }, CHAT], { until: 2 })).toString()).toContain('ok');
  });

  const broken: [string, RawResponse][] = [
    ['length beside chunked', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['no HTTP at all', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['a folded line', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n'],
    ['switching protocols unasked', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
  ];
  test.each(broken)('one that answers with %s becomes 502', async (_, response) => {
    const { port } = await start([response]);
    const back = (await rawClient(port, MESSAGES)).toString();
    expect(back).toMatch(/^HTTP\/1\.1 502 .*X-Planward-Reason: upstream-unreadable/s);
  });

  test("a stream that is cut ends the agent's connection with all that came, and its figures are partial", async () => {
    const event = (type: string, data: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
    const first = event('message_start', {
      message: { model: 'glm-5.3', usage: { input_tokens: 40, output_tokens: 1 } },
    });
    const chunk = `${Buffer.byteLength(first).toString(16)}\r\n${first}\r\n`;
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
    const { port } = await start([[head + chunk, { delayMs: 50 }, { close: 'rst' }]]);
    const back = await rawClient(port, MESSAGES, { until: 'close' });
    expect(back.toString()).toBe(head + chunk);
    const [exchange] = await plane!.recorded(1);
    expect(exchange).toMatchObject({
      outcome: 'upstream-failed',
      status: 200,
      usage: { inputTokens: 40, exactness: 'partial' },
      modelServed: 'glm-5.3',
    });
  });

  test('an error in the middle of a stream is recorded as one', async () => {
    const events =
      'event: error\ndata: {"type":"error","error":{"type":"rate_limit_error","code":"1302","message":"[1302][Rate limit reached for requests][abc]"}}\n\n';
    const { port } = await start([
      `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: ${events.length}\r\n\r\n${events}`,
    ]);
    await rawClient(port, MESSAGES);
    const [exchange] = await plane!.recorded(1);
    expect(exchange!.error).toMatchObject({ code: '1302', inStream: true });
  });

  test('an answer before the end of the request reaches the agent whole', async () => {
    const { port } = await start(async (connection) => {
      await connection.until((bytes) => bytes.length > 1000);
      await connection.write('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig');
      connection.end();
    });
    const back = await rawClient(
      port,
      [
        `POST /zai/x HTTP/1.1\r\n${HEAD}Content-Length: 9000000\r\n\r\n`,
        Buffer.alloc(2_000_000),
        { delayMs: 100 },
        Buffer.alloc(100_000),
      ],
      { until: 'close' },
    );
    expect(back.toString()).toBe('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig');
  });
});

describe('an agent that goes away', () => {
  test('while it waits: the upstream hears of it at once', async () => {
    const { port } = await start(async (connection) => {
      await connection.request();
      await connection.ended;
    });
    const socket = await open(port);
    socket.write(MESSAGES);
    await sleep(50);
    socket.destroy();
    const [exchange] = await plane!.recorded(1);
    expect(exchange).toMatchObject({ outcome: 'aborted', status: undefined });
    await upstream!.connections[0]!.ended;
  });

  test('in the middle of a stream: the upstream hears of it at once', async () => {
    const { port } = await start(async (connection) => {
      await connection.request();
      await connection.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n');
      await connection.ended;
    });
    const socket = await open(port);
    socket.write(MESSAGES);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    const [exchange] = await plane!.recorded(1);
    expect(exchange).toMatchObject({ outcome: 'aborted', status: 200 });
    await upstream!.connections[0]!.ended;
  });

  test('an agent that reads slowly slows the upstream down instead of filling memory', async () => {
    let written = 0;
    const block = Buffer.alloc(1024 * 1024, 'x');
    const { port } = await start(async (connection) => {
      await connection.request();
      await connection.write(`HTTP/1.1 200 OK\r\nContent-Length: ${block.length * 64}\r\n\r\n`);
      for (let i = 0; i < 64; i++) {
        await connection.write(block);
        written += block.length;
      }
    });
    const socket = await open(port);
    socket.write(`GET /zai/x HTTP/1.1\r\n${HEAD}\r\n`);
    await new Promise((resolve) => socket.once('readable', resolve));
    await sleep(300);
    expect(written).toBeLessThan(40 * block.length);
    let read = 0;
    socket.on('data', (bytes) => (read += bytes.length));
    await plane!.recorded(1);
    await sleep(100);
    expect(read).toBeGreaterThan(64 * block.length);
    socket.destroy();
  });
});

describe('connections', () => {
  test('an upstream connection is used again; one that the upstream wants closed is not', async () => {
    const { port } = await start([OK, OK, 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok', OK]);
    for (let i = 0; i < 4; i++) await rawClient(port, MESSAGES);
    expect(upstream!.connections).toHaveLength(2);
  });

  test('an upstream connection that the upstream ended while idle is not used', async () => {
    const { port } = await start([[OK, { delayMs: 20 }, { close: 'fin' }], OK]);
    await rawClient(port, MESSAGES);
    await sleep(80);
    expect((await rawClient(port, MESSAGES)).toString()).toBe(OK);
    expect(upstream!.connections).toHaveLength(2);
  });

  test('draining answers the request under way and ends its connection', async () => {
    const { port } = await start([
      ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', { delayMs: 150 }, '2\r\nok\r\n0\r\n\r\n'],
    ]);
    const answer = rawClient(port, MESSAGES, { until: 'close' });
    await sleep(60);
    plane!.drain();
    expect((await answer).toString()).toContain('2\r\nok\r\n0\r\n\r\n');
    await expect.poll(() => plane!.connections.size).toBe(0);
  });

  test('a body that is no JSON is forwarded untouched and recorded as unread', async () => {
    const { port } = await start([OK]);
    await rawClient(port, `POST /zai/api/anthropic/v1/messages HTTP/1.1\r\n${HEAD}Content-Length: 9\r\n\r\n{"model":`);
    expect(upstream!.received()[0]!.toString().endsWith('\r\n\r\n{"model":')).toBe(true);
    const [exchange] = await plane!.recorded(1);
    expect(exchange).toMatchObject({ requestReading: 'unread', outcome: 'completed', modelRequested: undefined });
  });
});
