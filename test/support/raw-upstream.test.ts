import { afterEach, expect, test } from 'vitest';
import { rawClient } from './raw-client.ts';
import { dechunk, rawFields, takeRequest, takeResponse } from './raw-framing.ts';
import { startRawUpstream, type RawUpstream } from './raw-upstream.ts';

let upstream: RawUpstream | undefined;
afterEach(() => upstream?.close());

const GET = 'GET /a HTTP/1.1\r\nhOsT: x\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi';

test('an upstream keeps the received bytes exactly and sends the given bytes exactly', async () => {
  upstream = await startRawUpstream([OK]);
  const answer = await rawClient(upstream.port, GET);
  expect(answer.toString('latin1')).toBe(OK);
  expect(upstream.received().map(String)).toEqual([GET]);
});

test('the nth request gets the nth response, later ones the last', async () => {
  upstream = await startRawUpstream([OK, OK.replace('hi', 'yo')]);
  const answer = await rawClient(upstream.port, GET + GET + GET, { until: 3 });
  expect(answer.toString('latin1').match(/hi|yo/g)).toEqual(['hi', 'yo', 'yo']);
});

test('steps are sent apart in time, and chunks are seen as they come', async () => {
  const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
  upstream = await startRawUpstream([[head, { delayMs: 200 }, '1\r\na\r\n', { delayMs: 200 }, '0\r\nx: y\r\n\r\n']]);
  const times: number[] = [];
  const answer = await rawClient(upstream.port, GET, { onChunk: (_, at) => times.push(at) });
  expect(answer.toString('latin1').endsWith('0\r\nx: y\r\n\r\n')).toBe(true);
  expect(times.length).toBe(3);
  expect(times[2]! - times[0]!).toBeGreaterThan(250);
});

test('an answer without length ends with the connection', async () => {
  upstream = await startRawUpstream([['HTTP/1.1 200 OK\r\n\r\nall', { close: 'fin' }]]);
  const answer = await rawClient(upstream.port, GET);
  expect(answer.toString('latin1')).toBe('HTTP/1.1 200 OK\r\n\r\nall');
});

test('a reset in the middle of an answer gives the client what came before', async () => {
  upstream = await startRawUpstream([
    ['HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf', { delayMs: 200 }, { close: 'rst' }],
  ]);
  const answer = await rawClient(upstream.port, GET);
  expect(answer.toString('latin1').endsWith('half')).toBe(true);
});

test('a handler sees the connection while the request is still coming', async () => {
  upstream = await startRawUpstream(async (connection) => {
    await connection.until((bytes) => bytes.includes('first'));
    await connection.write('HTTP/1.1 100 Continue\r\n\r\n');
    await connection.request();
    await connection.write(OK);
  });
  const head = 'POST / HTTP/1.1\r\ncontent-length: 10\r\n\r\n';
  const answer = await rawClient(upstream.port, [`${head}first`, { delayMs: 30 }, 'later']);
  expect(answer.toString('latin1')).toBe(`HTTP/1.1 100 Continue\r\n\r\n${OK}`);
  expect(upstream.failures).toEqual([]);
});

test('a client that gets no whole response says what it got', async () => {
  upstream = await startRawUpstream(['HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf']);
  await expect(rawClient(upstream.port, GET, { timeoutMs: 400 })).rejects.toThrow(/no whole response.*half/);
});

test('a request is whole only when its body is, by length or by last chunk and trailers', () => {
  const sized = Buffer.from('POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET');
  expect(takeRequest(sized)?.body.toString()).toBe('abc');
  expect(takeRequest(sized.subarray(0, sized.length - 4))).toBeUndefined();
  const chunked = Buffer.from('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nt: 1\r\n\r\n');
  expect(takeRequest(chunked)?.body.toString()).toBe('3\r\nabc\r\n0\r\nt: 1\r\n\r\n');
  expect(takeRequest(chunked.subarray(0, chunked.length - 2))).toBeUndefined();
  expect(dechunk(takeRequest(chunked)!.body)?.toString()).toBe('abc');
});

test('the answer to HEAD has no body whatever its length field says', () => {
  const bytes = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n');
  expect(takeResponse(bytes, 'HEAD')?.body.length).toBe(0);
  expect(takeResponse(bytes, 'GET')).toBeUndefined();
});

test('fields keep their order and case', () => {
  expect(rawFields(Buffer.from('GET / HTTP/1.1\r\nB: 2\r\na:1\r\n\r\n'))).toEqual([
    ['B', '2'],
    ['a', '1'],
  ]);
});
