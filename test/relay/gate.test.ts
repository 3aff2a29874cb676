import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Gate, GateDecision } from '../../src/relay/gate.ts';
import { open, rawClient } from '../support/raw-client.ts';
import { startRawUpstream, type RawUpstream } from '../support/raw-upstream.ts';
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
const LIMIT_BODY = '{"error":{"code":"1302","message":"Rate limit reached for requests"}}';
const LIMITED = `HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nX-Log-Id: a\r\nContent-Length: ${LIMIT_BODY.length}\r\n\r\n${LIMIT_BODY}`;
const BODY = '{"model":"glm-5.3","messages":[]}';
const CHAT = `POST /zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

interface TestGate extends Gate {
  readonly bodies: (string | undefined)[];
  overs: number;
}

function gate(decide: () => Promise<GateDecision>, wantsBody = false): TestGate {
  const made: TestGate = {
    wantsBody,
    bodies: [],
    overs: 0,
    decide(body) {
      made.bodies.push(body?.toString());
      return decide();
    },
    over() {
      made.overs += 1;
    },
  };
  return made;
}

async function start(gates: Gate[], script: Parameters<typeof startRawUpstream>[0]): Promise<DataPlane> {
  upstream = await startRawUpstream(script);
  plane = await startDataPlane(upstream.url, gates);
  return plane;
}

describe('a gate before a request', () => {
  test('that opens lets the same bytes through that would have gone without it', async () => {
    const slow = gate(async () => (await sleep(50), { go: true }), true);
    const { port } = await start([slow], [OK]);
    const chunked =
      'POST /zai/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3;e=1\r\nabc\r\n2\r\nde\r\n0\r\n\r\n';
    expect((await rawClient(port, [chunked.slice(0, 90), { delayMs: 10 }, chunked.slice(90)])).toString()).toBe(OK);
    expect(slow.bodies).toEqual(['abcde']);
    expect(upstream!.received()[0]!.toString()).toBe(
      chunked.replace('/zai/x', '/x').replace('localhost', `127.0.0.1:${upstream!.port}`),
    );
    expect(slow.overs).toBe(1);
  });

  test('that stays shut answers in our name and sends nothing', async () => {
    const shut = gate(async () => ({
      go: false,
      answer: { status: 402, reason: 'out-of-scope', message: 'Stopped here.', outcome: 'refused' },
    }));
    const { port } = await start([shut], [OK]);
    const back = (await rawClient(port, [CHAT, { delayMs: 50 }, CHAT], { until: 2 })).toString();
    expect(back).toMatch(/^HTTP\/1\.1 402 Payment Required.*Stopped here\..*HTTP\/1\.1 200 OK/s);
    expect(upstream!.received()[0]!.toString().match(/POST/g)).toHaveLength(1);
    expect((await plane!.recorded(2))[0]).toMatchObject({ outcome: 'refused', status: 402, modelRequested: 'glm-5.3' });
  });

  test('is told when the agent goes away while it waits, and nothing is sent', async () => {
    const never = gate(() => new Promise(() => {}));
    const { port } = await start([never], [OK]);
    const socket = await open(port);
    socket.write(CHAT);
    await expect.poll(() => never.bodies.length).toBe(1);
    socket.destroy();
    expect((await plane!.recorded(1))[0]).toMatchObject({ outcome: 'aborted' });
    expect(never.overs).toBe(1);
    expect(upstream!.connections).toHaveLength(0);
  });
});

describe('patience with refusals', () => {
  const patient = (again: (status: number, payload: string) => Promise<boolean> | undefined) =>
    gate(async () => ({
      go: true,
      patience: {
        wants: (status) => status === 429,
        again: (reply) => again(reply.status, reply.payload.toString()),
      },
    }));

  test('sends the same bytes on another connection where the refusal ended its own', async () => {
    const closing = LIMITED.replace('X-Log-Id: a', 'Connection: close');
    const { port } = await start([patient(async () => true)], async (connection) => {
      await connection.request();
      await connection.write(connection.index === 0 ? closing : OK);
      await sleep(100);
      connection.end();
    });
    expect((await rawClient(port, CHAT)).toString()).toBe(OK);
    expect(upstream!.connections).toHaveLength(2);
  });

  test('sends the same bytes again until they are taken; the agent sees only the last answer', async () => {
    const seen: string[] = [];
    const { port } = await start(
      [patient(async (_, payload) => (seen.push(payload), await sleep(20), true))],
      [LIMITED, LIMITED, OK],
    );
    expect((await rawClient(port, CHAT)).toString()).toBe(OK);
    expect(seen).toEqual([LIMIT_BODY, LIMIT_BODY]);
    const requests = Buffer.concat(upstream!.received())
      .toString()
      .split(/(?=POST )/);
    expect(requests).toHaveLength(3);
    expect(new Set(requests).size).toBe(1);
    const exchanges = await plane!.recorded(3);
    expect(exchanges.map(({ outcome, status, error }) => [outcome, status, error?.code])).toEqual([
      ['absorbed', 429, '1302'],
      ['absorbed', 429, '1302'],
      ['completed', 200, undefined],
    ]);
    expect(new Set(exchanges.map(({ id }) => id)).size).toBe(3);
  });

  test('that has an end passes the refusal on as it came', async () => {
    let tries = 0;
    const { port } = await start([patient(() => (tries++ < 1 ? Promise.resolve(true) : undefined))], [LIMITED]);
    expect((await rawClient(port, CHAT)).toString()).toBe(LIMITED);
  });

  test('that is given up while it waits passes on the refusal it held', async () => {
    const { port } = await start([patient(() => sleep(20).then(() => false))], [LIMITED]);
    expect((await rawClient(port, CHAT)).toString()).toBe(LIMITED);
    expect(upstream!.received()[0]!.toString().match(/POST/g)).toHaveLength(1);
  });

  test('passes on at once what it does not want, streams included', async () => {
    const stream = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
    const { port } = await start([patient(() => undefined)], [[stream, { delayMs: 100 }, '2\r\nok\r\n0\r\n\r\n']]);
    const arrivals: number[] = [];
    const back = await rawClient(port, CHAT, { onChunk: (_, atMs) => arrivals.push(atMs) });
    expect(back.toString()).toBe(`${stream}2\r\nok\r\n0\r\n\r\n`);
    expect(arrivals.at(-1)! - arrivals[0]!).toBeGreaterThan(70);
  });

  test('passes on a refusal that is cut or too long to hold', async () => {
    const { port } = await start(
      [patient(async () => true)],
      [
        [LIMITED.slice(0, -10), { delayMs: 20 }, { close: 'fin' }],
        `HTTP/1.1 429 X\r\nContent-Length: 100000\r\n\r\n${'y'.repeat(100_000)}`,
      ],
    );
    expect((await rawClient(port, CHAT, { until: 'close' })).toString()).toBe(LIMITED.slice(0, -10));
    await plane!.close();
    plane = await startDataPlane(upstream!.url, [patient(async () => true)]);
    expect((await rawClient(plane.port, CHAT)).length).toBeGreaterThan(100_000);
  });

  test('ends when the agent goes away while it waits', async () => {
    const waiting = patient(() => new Promise(() => {}));
    const { port } = await start([waiting], [LIMITED]);
    const socket = await open(port);
    socket.write(CHAT);
    await expect.poll(() => plane!.exchanges.length).toBe(1);
    socket.destroy();
    expect((await plane!.recorded(2))[1]).toMatchObject({ outcome: 'aborted' });
    expect(waiting.overs).toBe(1);
  });
});
