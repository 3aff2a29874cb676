import type net from 'node:net';
import { createBodyScan } from './http1/body-scan.ts';
import { responseFraming } from './http1/framing.ts';
import { headEnd, MAX_HEAD_BYTES, readResponseHead, type ResponseHead } from './http1/head.ts';
import { agentHead, connectionTokens, keepAliveMs } from './http1/rewrite.ts';
import type { Observation } from './observation.ts';

/** Passes one response from an upstream's bytes to the agent's socket. */
export interface ResponsePump {
  take(bytes: Buffer): void;
  /** The upstream ended (`error` undefined) or broke its connection. */
  closed(error: Error | undefined): void;
  /** True once the final head was passed on. */
  readonly begun: boolean;
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
  readonly onComplete: (after: { readonly reusableMs: number | undefined; readonly closeAgent: boolean }) => void;
  /** Broken off after its head was passed on; `reset` where a plain end would look like a whole body. */
  readonly onCut: (reset: boolean) => void;
  /** No head came, or one that cannot be passed on. */
  readonly onNoAnswer: (why: Error | { readonly kind: 'closed' | 'unreadable'; readonly message: string }) => void;
}

export function createResponsePump(agent: net.Socket, deps: ResponsePumpDeps): ResponsePump {
  const { observation } = deps;
  let headBytes: Buffer | undefined;
  let response: ResponseHead | undefined;
  let scan = createBodyScan({ kind: 'none' });
  let untilClose = false;
  let reusable = false;
  let closeAgent = false;
  let over = false;

  function takeHead(bytes: Buffer): void {
    const searched = headBytes?.length ?? 0;
    let rest = headBytes === undefined ? bytes : Buffer.concat([headBytes, bytes]);
    let at = headEnd(rest, searched);
    while (at >= 0) {
      const reading = readResponseHead(rest.subarray(0, at));
      rest = rest.subarray(at);
      const problem = reading.ok ? begin(reading.head) : reading.error.message;
      if (problem !== undefined) return noAnswer({ kind: 'unreadable', message: problem });
      if (response !== undefined) {
        headBytes = undefined;
        return takeBody(rest);
      }
      at = headEnd(rest);
    }
    if (rest.length > MAX_HEAD_BYTES) return noAnswer({ kind: 'unreadable', message: 'Its head is too long.' });
    headBytes = rest;
  }

  /** Passes a head on; gives a sentence where it cannot be. An interim (1xx) head leaves `response` unset. */
  function begin(next: ResponseHead): string | undefined {
    if (next.status === 101) return 'It switched protocols without being asked.';
    const hop = connectionTokens(next.fields);
    const reading = responseFraming(next, deps.method);
    if (hop === undefined) return 'Its Connection field names a field that must stay.';
    if (!reading.ok) return reading.error.message;
    if (next.status < 200) {
      agent.write(agentHead(next, hop, false));
      return undefined;
    }
    response = next;
    scan = createBodyScan(reading.framing);
    untilClose = reading.framing.kind === 'until-close';
    reusable = !untilClose && next.minor === 1 && deps.minor === 1 && !hop.has('close');
    closeAgent = untilClose || deps.closeAfter();
    agent.cork();
    agent.write(agentHead(next, hop, closeAgent));
    return undefined;
  }

  function takeBody(bytes: Buffer): void {
    const payloads: Buffer[] = [];
    const mine = scan.take(bytes, (payload) => payloads.push(payload));
    if (scan.broken !== undefined) return cut(undefined);
    const flowing = mine === 0 || agent.write(mine === bytes.length ? bytes : bytes.subarray(0, mine));
    if (agent.writableCorked > 0) {
      agent.uncork();
      observation.responseHead(response!.status, response!.fields);
    }
    for (const payload of payloads) observation.responsePayload(payload);
    if (scan.done) complete(mine < bytes.length);
    else if (!flowing) deps.onFull();
  }

  function complete(surplus: boolean): void {
    over = true;
    const reusableMs = reusable && !surplus ? (keepAliveMs(response!.fields) ?? Number.POSITIVE_INFINITY) : undefined;
    deps.onComplete({ reusableMs, closeAgent });
  }

  function cut(error: Error | undefined): void {
    over = true;
    if (agent.writableCorked > 0) agent.uncork();
    deps.onCut(untilClose && error !== undefined);
  }

  function noAnswer(why: Error | { readonly kind: 'closed' | 'unreadable'; readonly message: string }): void {
    over = true;
    deps.onNoAnswer(why);
  }

  return {
    take(bytes) {
      if (over) return;
      if (response === undefined) takeHead(bytes);
      else takeBody(bytes);
    },
    closed(error) {
      if (over) return;
      if (response === undefined) noAnswer(error ?? { kind: 'closed', message: '' });
      else if (untilClose && error === undefined) complete(false);
      else cut(error);
    },
    get begun() {
      return response !== undefined;
    },
  };
}
