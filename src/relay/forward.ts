import type net from 'node:net';
import { createBodyScan } from './http1/body-scan.ts';
import { responseFraming, type Framing } from './http1/framing.ts';
import { headEnd, MAX_HEAD_BYTES, readResponseHead, type RequestHead, type ResponseHead } from './http1/head.ts';
import { agentHead, connectionTokens, keepAliveMs, upstreamHead } from './http1/rewrite.ts';
import type { Observation } from './observation.ts';
import type { OwnAnswer } from './own-answer.ts';
import type { Link, Pool } from './pool.ts';
import { failureAnswer } from './upstream-failure.ts';
import type { Upstream } from './upstreams.ts';

/** One request on its way to its upstream and its response on the way back. */
export interface Forward {
  /** Forwards the bytes of this request's body and says how many of `bytes` those are. */
  take(bytes: Buffer): number;
  readonly requestDone: boolean;
  /** The agent can take more of the response. */
  agentDrained(): void;
  /** The agent went away: the upstream hears of it at once. */
  abort(): void;
}

export interface ForwardRequest {
  readonly head: RequestHead;
  readonly framing: Framing;
  readonly hop: ReadonlySet<string>;
  /** The provider's own path and query, as the agent wrote them. */
  readonly rest: string;
  readonly upstream: Upstream;
  readonly observation: Observation;
  /** The agent's connection ends with this exchange. */
  readonly closeAfter: () => boolean;
}

export interface ForwardEnd {
  /** The whole response reached the agent; `close` says its connection must end now. */
  onDone(close: boolean): void;
  /** Nothing was answered yet: answer in our own name. */
  onFailure(answer: OwnAnswer): void;
  /** The response broke off after its head; `reset` where a plain end would look like a whole body. */
  onCut(reset: boolean): void;
}

/** Bytes of a request body kept while the upstream connection is being made, before the agent is asked to wait. */
const MAX_WAITING = 256 * 1024;

/**
 * Splices one exchange between the agent's socket and an upstream connection. Bytes of both bodies are passed as they
 * come, framing included; only heads are rewritten (see rewrite.ts). Each piece is written on before it is looked at.
 */
export function forward(agent: net.Socket, request: ForwardRequest, pool: Pool, end: ForwardEnd): Forward {
  const { head, observation, upstream } = request;
  const requestScan = createBodyScan(request.framing);
  let link: Link | undefined;
  /** Bytes for the upstream that are not written yet: the head, and what came before there was a connection. */
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let over = false;

  let headBytes: Buffer | undefined;
  let response: ResponseHead | undefined;
  let responseScan = createBodyScan({ kind: 'none' });
  let untilClose = false;
  let reusable = false;
  let closeAgent = false;

  const idle = pool.idle(upstream);
  if (idle !== undefined) start(idle);
  else {
    void pool.connect(upstream).then((lending) => {
      if (!lending.ok) fail(failureAnswer(upstream, lending.error));
      else if (over) lending.link.release(undefined);
      else start(lending.link);
    });
  }

  function start(fresh: Link): void {
    link = fresh;
    fresh.listen({
      onData: takeResponse,
      onClose: upstreamClosed,
      onDrain: () => agent.resume(),
    });
    const target = `${fresh.absoluteForm ? upstream.origin : ''}${upstream.basePath}${request.rest}`;
    // The body's first bytes come in this same turn, as a rule: then both go out as one piece.
    waiting.unshift(upstreamHead(head, target, upstream.host, request.hop));
    process.nextTick(flush);
    if (waitingBytes > MAX_WAITING) agent.resume();
  }

  function flush(): void {
    if (waiting.length === 0 || over) return;
    const bytes = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting);
    waiting = [];
    if (!link!.socket.write(bytes)) agent.pause();
  }

  function take(bytes: Buffer): number {
    const payloads: Buffer[] = [];
    const mine = requestScan.take(bytes, (payload) => payloads.push(payload));
    if (requestScan.broken !== undefined) {
      fail({
        status: 400,
        reason: 'bad-chunk',
        message: `Planward stopped this request: its body is not well-formed (${requestScan.broken}).`,
      });
      return bytes.length;
    }
    if (mine > 0 && !over) send(mine === bytes.length ? bytes : bytes.subarray(0, mine));
    for (const payload of payloads) observation.requestPayload(payload);
    return mine;
  }

  function send(bytes: Buffer): void {
    if (link === undefined || waiting.length > 0) {
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (link !== undefined) flush();
      else if (waitingBytes > MAX_WAITING) agent.pause();
    } else if (!link.socket.write(bytes)) agent.pause();
  }

  function takeResponse(bytes: Buffer): void {
    if (response === undefined) takeHead(bytes);
    else takeBody(bytes);
  }

  function takeHead(bytes: Buffer): void {
    const searched = headBytes?.length ?? 0;
    let rest = headBytes === undefined ? bytes : Buffer.concat([headBytes, bytes]);
    let at = headEnd(rest, searched);
    while (at >= 0) {
      const reading = readResponseHead(rest.subarray(0, at));
      rest = rest.subarray(at);
      const problem = reading.ok ? beginResponse(reading.head) : reading.error.message;
      if (problem !== undefined) return unreadable(problem);
      if (response !== undefined) {
        headBytes = undefined;
        return takeBody(rest);
      }
      at = headEnd(rest);
    }
    if (rest.length > MAX_HEAD_BYTES) return unreadable('Its head is too long.');
    headBytes = rest;
  }

  /** Passes a head on; gives a sentence where it cannot be. An interim (1xx) head leaves `response` unset. */
  function beginResponse(next: ResponseHead): string | undefined {
    if (next.status === 101) return 'It switched protocols without being asked.';
    const hop = connectionTokens(next.fields);
    const reading = responseFraming(next, head.method);
    if (hop === undefined) return 'Its Connection field names a field that must stay.';
    if (!reading.ok) return reading.error.message;
    if (next.status < 200) {
      agent.write(agentHead(next, hop, false));
      return undefined;
    }
    response = next;
    responseScan = createBodyScan(reading.framing);
    untilClose = reading.framing.kind === 'until-close';
    reusable = !untilClose && next.minor === 1 && head.minor === 1 && !hop.has('close');
    closeAgent = untilClose || request.closeAfter();
    agent.cork();
    agent.write(agentHead(next, hop, closeAgent));
    return undefined;
  }

  function takeBody(bytes: Buffer): void {
    const payloads: Buffer[] = [];
    const mine = responseScan.take(bytes, (payload) => payloads.push(payload));
    if (responseScan.broken !== undefined) return cut(undefined);
    const flowing = mine === 0 || agent.write(mine === bytes.length ? bytes : bytes.subarray(0, mine));
    if (agent.writableCorked > 0) {
      agent.uncork();
      observation.responseHead(response!.status, response!.fields);
    }
    for (const payload of payloads) observation.responsePayload(payload);
    if (responseScan.done) complete(mine < bytes.length);
    else if (!flowing) link?.socket.pause();
  }

  function complete(surplus: boolean): void {
    const spent = link!;
    settle();
    observation.end('completed');
    if (reusable && !surplus && requestScan.done) spent.release(keepAliveMs(response!.fields));
    else spent.destroy();
    end.onDone(closeAgent || !requestScan.done);
  }

  function upstreamClosed(error: Error | undefined): void {
    if (response !== undefined && untilClose && error === undefined) complete(false);
    else if (response !== undefined) cut(error);
    else fail(failureAnswer(upstream, error ?? { kind: 'closed', message: '' }));
  }

  function unreadable(why: string): void {
    fail(failureAnswer(upstream, { kind: 'unreadable', message: why }));
  }

  function fail(answer: OwnAnswer): void {
    if (over) return;
    settle();
    link?.destroy();
    if (response !== undefined) {
      observation.end('upstream-failed');
      end.onCut(untilClose);
      return;
    }
    observation.end('upstream-failed', answer.status);
    end.onFailure(answer);
  }

  function cut(error: Error | undefined): void {
    if (over) return;
    settle();
    link?.destroy();
    observation.end('upstream-failed');
    end.onCut(untilClose && error !== undefined);
  }

  function settle(): void {
    over = true;
    waiting = [];
  }

  return {
    take,
    get requestDone() {
      return requestScan.done;
    },
    agentDrained() {
      link?.socket.resume();
    },
    abort() {
      if (over) return;
      settle();
      link?.destroy();
      observation.end('aborted');
    },
  };
}
