import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDataPlane, type DataPlane } from '../relay/data-plane.ts';
import { listen } from '../support/loopback.ts';
import { open } from '../support/raw-client.ts';
import {
  cuts,
  HOST,
  pieces,
  request,
  responseTo,
  type GeneratedRequest,
  type GeneratedResponse,
} from './http-messages.ts';
import { patience, runs, seed } from '../support/run-length.ts';

interface Exchange {
  readonly request: GeneratedRequest;
  readonly response: GeneratedResponse;
  readonly requestCuts: readonly number[];
  readonly responseCuts: readonly number[];
}

const exchange: fc.Arbitrary<Exchange> = request.chain((asked) =>
  fc.record({
    request: fc.constant(asked),
    response: responseTo(asked.method),
    requestCuts: cuts,
    responseCuts: cuts,
  }),
);

let plane: DataPlane;
let upstream: Server;
let upstreamPort: number;
/** What the upstream is to get and to say next, in order. */
let script: Exchange[] = [];
let got: { request: string; wanted: string }[] = [];
const sockets = new Set<Socket>();

beforeAll(async () => {
  upstream = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    let received = '';
    let answering = false;
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      look();
    });
    socket.on('end', () => socket.end());

    /** Takes the next request when all of it is there: its length is known, because it was made here. */
    function look(): void {
      const [next] = script;
      if (answering || next === undefined) return;
      const wanted = next.request.arrives.replace(HOST, `127.0.0.1:${upstreamPort}`);
      if (received.length < wanted.length) return;
      script.shift();
      got.push({ request: received.slice(0, wanted.length), wanted });
      received = received.slice(wanted.length);
      answering = true;
      void say(next.response, next.responseCuts).then(() => {
        answering = false;
        look();
      });
    }

    async function say(response: GeneratedResponse, at: readonly number[]): Promise<void> {
      for (const piece of pieces(response.sent, at)) {
        socket.write(piece);
        await turn();
      }
      if (response.untilClose) socket.end();
    }
  });
  upstreamPort = await listen(upstream);
  plane = await startDataPlane(`http://127.0.0.1:${upstreamPort}`);
});

afterAll(async () => {
  await plane.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => upstream.close(resolve));
});

/** Sends exchanges over one connection, each after the answer before it, or all at once; gives all that came back. */
async function talk(exchanges: readonly Exchange[], pipelined: boolean): Promise<string> {
  script = [...exchanges];
  got = [];
  const socket = await open(plane.port);
  let back = '';
  let wake = (): void => {};
  const state = { ended: false };
  socket.on('data', (bytes) => {
    back += bytes.toString('latin1');
    wake();
  });
  socket.on('error', () => socket.destroy());
  socket.once('close', () => {
    state.ended = true;
    wake();
  });
  const until = async (length: number): Promise<void> => {
    const giveUp = AbortSignal.timeout(8000);
    while (back.length < length && !state.ended) {
      if (giveUp.aborted)
        throw new Error(`${back.length} of ${length} bytes came back: ${JSON.stringify(back.slice(-200))}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  try {
    let wanted = 0;
    for (const each of exchanges) {
      for (const piece of pieces(each.request.sent, each.requestCuts)) {
        socket.write(piece);
        await turn();
      }
      wanted += each.response.arrives.length;
      if (!pipelined) await until(wanted);
    }
    await until(wanted);
    return back;
  } finally {
    socket.destroy();
  }
}

/** As `toBe`, but says only where two long texts part. */
function expectSame(found: string, wanted: string): void {
  if (found === wanted) return;
  let at = 0;
  while (found[at] === wanted[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 60);
  expect({ at, length: found.length, around: around(found) }).toEqual({
    at,
    length: wanted.length,
    around: around(wanted),
  });
}

test(
  'whatever legal HTTP is said, both ends get each byte as it was written, but for the connection’s own fields',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(exchange, { minLength: 1, maxLength: 4 }), fc.boolean(), async (made, pipelined) => {
        // An answer that ends with its connection is the last one on it.
        const last = made.findIndex(({ response }) => response.untilClose);
        const exchanges = last < 0 ? made : made.slice(0, last + 1);
        const back = await talk(exchanges, pipelined);
        expectSame(back, exchanges.map(({ response }) => response.arrives).join(''));
        for (const each of got) expectSame(each.request, each.wanted);
        expect(got).toHaveLength(exchanges.length);
      }),
      {
        numRuns: runs(150, 20_000),
        seed: seed(),
        endOnFailure: false,
        // Fewer cases than asked for are no pass, however slow the machine is.
        interruptAfterTimeLimit: patience(150_000),
        markInterruptAsFailure: true,
      },
    );
    expect(plane.troubles).toEqual([]);
  },
  patience(150_000) + 30_000,
);
