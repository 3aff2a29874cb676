import type net from 'node:net';
import { createBodyScan } from './http1/body-scan.ts';
import type { BodyScan } from './http1/scan.ts';
import { responseFraming } from './http1/framing.ts';
import { headEnd, MAX_HEAD_BYTES, readResponseHead, type ResponseHead } from './http1/head.ts';
import { agentHead, connectionTokens, keepAliveMs } from './http1/rewrite.ts';
import type { Observation } from './observation.ts';
import { ownBytes, writeBytes, type Keep } from './reading.ts';

/** Passes one response from an upstream's bytes to the agent's socket. */
export interface ResponsePump {
  take(bytes: Buffer, keep: Keep): void;
  /** The upstream ended (`error` undefined) or broke its connection. */
  closed(error: Error | undefined): void;
  /** True once the final head was passed on. */
  begun(): boolean;
}

export interface ResponsePumpDeps {
  readonly method: string;
  /** Minor version of the request: an answer to HTTP/1.0 ends its connection. */
  readonly minor: 0 | 1;
  readonly observation: Observation;
  readonly closeAfter: () => boolean;
  /** The agent takes no more for now. */
  readonly onFull: () => void;
  /** `reusableMs` undefined: the upstream connection cannot be used again; 0: for as long as the pool likes. */
  readonly onComplete: (reusableMs: number | undefined, closeAgent: boolean) => void;
  /** Broken off after its head was passed on; `reset` where a plain end would look like a whole body. */
  readonly onCut: (reset: boolean) => void;
  /** No head came, or one that cannot be passed on. */
  readonly onNoAnswer: (why: Error | { readonly kind: 'closed' | 'unreadable'; readonly message: string }) => void;
}

/** A head and body bytes that come together leave as one piece up to this size. */
const ONE_PIECE_BYTES = 64 * 1024;

export function createResponsePump(agent: net.Socket, deps: ResponsePumpDeps): ResponsePump {
  const { observation } = deps;
  let headBytes: Buffer | undefined;
  let response: ResponseHead | undefined;
  let scan: BodyScan | undefined;
  let untilClose = false;
  let reusable = false;
  let closeAgent = false;
  let over = false;
  /** The final head as it goes on; undefined: as it came. */
  let outHead: string | undefined;
  const payloads: Buffer[] = [];
  const collect = (payload: Buffer): void => void payloads.push(payload);

  function takeHead(bytes: Buffer, keep: Keep): void {
    const searched = headBytes?.length ?? 0;
    let rest = headBytes === undefined ? bytes : Buffer.concat([headBytes, bytes]);
    const held = headBytes === undefined ? keep : undefined;
    for (let at = headEnd(rest, searched); at >= 0; at = headEnd(rest)) {
      const reading = readResponseHead(rest, at);
      const problem = reading.ok ? problemOf(reading.head) : reading.error.message;
      if (problem !== undefined) return noAnswer({ kind: 'unreadable', message: problem });
      if (response !== undefined) {
        headBytes = undefined;
        return begin(rest, at, held);
      }
      rest = rest.subarray(at);
    }
    if (rest.length > MAX_HEAD_BYTES) return noAnswer({ kind: 'unreadable', message: 'Its head is too long.' });
    headBytes = ownBytes(rest, held);
  }

  /** A sentence where a head cannot be passed on. An interim (1xx) one is, and leaves `response` unset. */
  function problemOf(next: ResponseHead): string | undefined {
    if (next.status === 101) return 'It switched protocols without being asked.';
    const hop = connectionTokens(next);
    if (hop === undefined) return 'Its Connection field names a field that must stay.';
    const reading = responseFraming(next, deps.method);
    if (!reading.ok) return reading.error.message;
    if (next.status < 200) {
      agent.write(agentHead(next, hop, false) ?? next.text, 'latin1');
      return undefined;
    }
    response = next;
    scan = createBodyScan(reading.framing);
    untilClose = reading.framing.kind === 'until-close';
    reusable = !untilClose && next.minor === 1 && deps.minor === 1 && !hop.has('close');
    closeAgent = untilClose || deps.closeAfter();
    outHead = agentHead(next, hop, closeAgent);
    return undefined;
  }

  /** Passes the final head on, with what came of the body: `all` from `at` on. */
  function begin(all: Buffer, at: number, keep: Keep): void {
    const mine = scan!.take(at === all.length ? EMPTY : all.subarray(at), collect);
    const head = outHead ?? response!.text;
    if (scan!.broken !== undefined) {
      agent.write(head, 'latin1');
      return cut(undefined);
    }
    let flowing: boolean;
    if (outHead === undefined) {
      flowing = writeBytes(agent, at + mine === all.length ? all : all.subarray(0, at + mine), keep);
    } else if (mine <= ONE_PIECE_BYTES) {
      const piece = Buffer.allocUnsafe(head.length + mine);
      piece.write(head, 0, 'latin1');
      all.copy(piece, head.length, at, at + mine);
      flowing = agent.write(piece);
    } else {
      agent.write(head, 'latin1');
      flowing = writeBytes(agent, all.subarray(at, at + mine), keep);
    }
    observation.responseHead(response!);
    passed(at + mine < all.length, flowing, keep);
  }

  function takeBody(bytes: Buffer, keep: Keep): void {
    const mine = scan!.take(bytes, collect);
    if (scan!.broken !== undefined) return cut(undefined);
    const flowing = mine === 0 || writeBytes(agent, mine === bytes.length ? bytes : bytes.subarray(0, mine), keep);
    passed(mine < bytes.length, flowing, keep);
  }

  function passed(surplus: boolean, flowing: boolean, keep: Keep): void {
    for (const payload of payloads) observation.responsePayload(ownBytes(payload, keep));
    payloads.length = 0;
    if (scan!.done) complete(surplus);
    else if (!flowing) deps.onFull();
  }

  function complete(surplus: boolean): void {
    over = true;
    const reusableMs = reusable && !surplus ? (keepAliveMs(response!) ?? Number.POSITIVE_INFINITY) : undefined;
    deps.onComplete(reusableMs, closeAgent);
  }

  function cut(error: Error | undefined): void {
    over = true;
    deps.onCut(untilClose && error !== undefined);
  }

  function noAnswer(why: Error | { readonly kind: 'closed' | 'unreadable'; readonly message: string }): void {
    over = true;
    deps.onNoAnswer(why);
  }

  return {
    take(bytes, keep) {
      if (over) return;
      if (response === undefined) takeHead(bytes, keep);
      else takeBody(bytes, keep);
    },
    closed(error) {
      if (over) return;
      if (response === undefined) noAnswer(error ?? { kind: 'closed', message: '' });
      else if (untilClose && error === undefined) complete(false);
      else cut(error);
    },
    begun: () => response !== undefined,
  };
}

const EMPTY = Buffer.alloc(0);
