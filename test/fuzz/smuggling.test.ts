import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDataPlane, type DataPlane } from '../relay/data-plane.ts';
import { rawClient } from '../support/raw-client.ts';
import { startRawUpstream, type RawUpstream } from '../support/raw-upstream.ts';
import { cuts, pieces } from './http-messages.ts';
import { patience, runs, seed } from '../support/run-length.ts';

/** What an attacker would have a second reader take for a request of its own. */
const HIDDEN = 'GET /zai/hidden HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
const START = 'POST /zai/v1/messages HTTP/1.1\r\n';
const HOST = 'Host: 127.0.0.1:7526\r\n';
const CHUNKED = 'Transfer-Encoding: chunked\r\n';

let plane: DataPlane;
let upstream: RawUpstream;

beforeAll(async () => {
  upstream = await startRawUpstream(['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok']);
  plane = await startDataPlane(upstream.url);
});
afterAll(async () => {
  await plane.close();
  await upstream.close();
});

function upstreamBytes(): string {
  return Buffer.concat(upstream.received()).toString('latin1');
}

/** A request two readers can take for different ones, by its head. */
const doubtfulHeads: fc.Arbitrary<string> = fc.oneof(
  // Length beside coding, in either order and any spelling.
  fc
    .tuple(
      fc.constantFrom('Content-Length', 'content-length', 'CONTENT-LENGTH'),
      fc.nat(60),
      fc.constantFrom('Transfer-Encoding', 'transfer-encoding', 'tRANSFER-eNCODING'),
      fc.constantFrom('chunked', 'Chunked', 'identity', 'x', 'chunked, identity', ''),
      fc.boolean(),
    )
    .map(([length, bytes, coding, value, first]) => {
      const lines = [`${length}: ${bytes}\r\n`, `${coding}: ${value}\r\n`];
      return `${START}${HOST}${(first ? lines : lines.toReversed()).join('')}\r\n0\r\n\r\n${HIDDEN}`;
    }),
  // Codings that are not exactly `chunked`.
  fc
    .constantFrom(
      'gzip, chunked',
      'chunked, gzip',
      'chunked, chunked',
      'xchunked',
      'chunked;q=1',
      '"chunked"',
      'chunk\x80ed',
      'identity',
      '\x0bchunked',
      'chunked\x00',
      '',
    )
    .map((value) => `${START}${HOST}Transfer-Encoding: ${value}\r\n\r\n0\r\n\r\n${HIDDEN}`),
  fc.constant(`${START}${HOST}${CHUNKED}${CHUNKED}\r\n0\r\n\r\n${HIDDEN}`),
  fc.constant(`POST /zai/x HTTP/1.0\r\n${HOST}${CHUNKED}\r\n0\r\n\r\n${HIDDEN}`),
  // Lengths that are no plain number, or two of them.
  fc
    .constantFrom('+3', '-3', '0x3', '3,3', '3 3', '3;', '', '1e1', '\t3\x0b', '٣', '9999999999999999', '3.0', "3'")
    .map((value) => `${START}${HOST}Content-Length: ${value}\r\n\r\nabc${HIDDEN}`),
  fc
    .tuple(fc.nat(9), fc.nat(9))
    .map(([a, b]) => `${START}${HOST}Content-Length: ${a}\r\nContent-Length: ${b}\r\n\r\nabc${HIDDEN}`),
  // Lines that readers split or fold differently.
  fc
    .tuple(
      fc.constantFrom('Content-Length', 'Transfer-Encoding', 'X-A', 'Host'),
      fc.constantFrom(' :', '\t:', '\0:', ' \t:', '\x0b:', '\r:', '\n:', '\xa0:', '(:', '[]:'),
    )
    .map(([name, colon]) => `${START}${HOST}${name}${colon} 3\r\n\r\nabc${HIDDEN}`),
  fc
    .constantFrom('X-A: b\r\n c: d\r\n', 'X-A: b\r\n\tfolded\r\n', ' X-A: b\r\n', 'X-A\r\n', ': b\r\n', 'X-A: b\0c\r\n')
    .map((line) => `${START}${HOST}${line}Content-Length: 3\r\n\r\nabc${HIDDEN}`),
  fc
    .constantFrom('X-A: b\nContent-Length: 90\r\n', 'X-A: b\rContent-Length: 90\r\n', 'X-A: b\n\r\n')
    .map((line) => `${START}${HOST}${line}\r\n${HIDDEN}`),
  // Two targets, two Hosts, spaces and controls in the request line.
  fc
    .constantFrom(
      'POST  /zai/x HTTP/1.1',
      'POST /zai/x  HTTP/1.1',
      'POST\t/zai/x\tHTTP/1.1',
      ' POST /zai/x HTTP/1.1',
      'POST /zai/x HTTP/1.1 ',
      'POST /zai/x y HTTP/1.1',
      'POST /zai/x\0 HTTP/1.1',
      'POST /zai/x HTTP/1.2',
      'POST /zai/x HTTP/2.0',
      'POST /zai/x http/1.1',
      'PO ST /zai/x HTTP/1.1',
      'POST /zai/x',
    )
    .map((line) => `${line}\r\n${HOST}Content-Length: 0\r\n\r\n${HIDDEN}`),
  fc.constant(`${START}${HOST}${HOST}\r\n${HIDDEN}`),
  // Connection may not take away what the message means.
  fc
    .constantFrom('Content-Length', 'transfer-encoding', 'HOST', 'Authorization', 'x-api-key')
    .map((name) => `${START}${HOST}Connection: close, ${name}\r\nContent-Length: 3\r\n\r\nabc${HIDDEN}`),
);

test(
  'a request that two readers could take for different ones is refused whole, and its connection ends',
  async () => {
    await fc.assert(
      fc.asyncProperty(doubtfulHeads, cuts, async (doubtful, at) => {
        const before = upstreamBytes().length;
        const back = (await rawClient(plane.port, pieces(doubtful, at), { until: 'close' })).toString('latin1');
        expect(back).toMatch(/^HTTP\/1\.1 (?:400|501|505) /);
        expect(back.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
        expect(upstreamBytes().length).toBe(before);
      }),
      { numRuns: runs(250, 20_000), seed: seed() },
    );
  },
  patience(60_000),
);

/** Chunked bodies that readers of other servers were fooled with. */
const brokenBodies = fc.constantFrom(
  'zz\r\n',
  '-1\r\n',
  '+3\r\nabc\r\n',
  '0x3\r\nabc\r\n',
  ' 3\r\nabc\r\n',
  '3\nabc\r\n',
  '3\r\nabc\n',
  '3\r\nabcd\r\n',
  '3\r\nabc',
  '3\r\nab\r\n',
  '3;a\rb\r\nabc\r\n',
  '10000000000000000\r\n',
  '\r\n',
  '0\r\nX: y\n\r\n',
  '3\r\nabc\r\n0\n\r\n',
);

test(
  'a broken chunk ends the request: what follows it reaches nobody',
  async () => {
    await fc.assert(
      fc.asyncProperty(brokenBodies, cuts, async (body, at) => {
        const sent = `${START}${HOST}${CHUNKED}\r\n${body}${HIDDEN}`;
        const before = upstreamBytes().length;
        const back = (await rawClient(plane.port, pieces(sent, at), { until: 'close' })).toString('latin1');
        expect(back).toMatch(/^HTTP\/1\.1 400 /);
        expect(back.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
        // Never as a request of its own, and never on a connection that others go on to use.
        expect(upstreamBytes().slice(before)).not.toContain('GET /hidden');
      }),
      { numRuns: runs(100, 10_000), seed: seed() },
    );
  },
  patience(60_000),
);

/** Answers that the agent could read otherwise than we do. */
const doubtfulAnswers = fc.constantFrom(
  'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc',
  'HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\nabc',
  'HTTP/1.1 200 OK\r\nX: a\nContent-Length: 3\r\n\r\nabc',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
  'HTTP/2 200\r\n\r\n',
  'HTTP/1.1 20 OK\r\n\r\n',
  'SSH-2.0-OpenSSH\r\n\r\n',
  '\r\n\r\n',
  'HTTP/1.1 200 OK\r\n folded: x\r\nContent-Length: 0\r\n\r\n',
  '\0\0\0\0\r\n\r\n',
);

test(
  'an answer that two readers could take for different ones becomes one 502',
  async () => {
    await fc.assert(
      fc.asyncProperty(doubtfulAnswers, cuts, async (answer, at) => {
        const sick = await startRawUpstream(async (connection) => {
          await connection.request();
          for (const piece of pieces(answer, at)) await connection.write(piece);
        });
        const beside = await startDataPlane(sick.url);
        try {
          const request = `${START}${HOST}Content-Length: 2\r\n\r\n{}`;
          const back = (await rawClient(beside.port, request)).toString('latin1');
          expect(back).toMatch(/^HTTP\/1\.1 502 /);
          expect(back.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
          expect(beside.troubles).toEqual([]);
        } finally {
          await beside.close();
          await sick.close();
        }
      }),
      { numRuns: runs(40, 2000), seed: seed() },
    );
    expect(plane.troubles).toEqual([]);
  },
  patience(60_000),
);
