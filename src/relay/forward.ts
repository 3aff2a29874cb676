import type net from 'node:net';
import type { Outcome } from '../core/exchange.ts';
import type { Gate, Patience } from './gate.ts';
import { createHeldResponse, type HeldReply, type HeldResponse } from './held-response.ts';
import { createBodyScan } from './http1/body-scan.ts';
import type { Framing } from './http1/framing.ts';
import type { RequestHead } from './http1/head.ts';
import { upstreamHead } from './http1/rewrite.ts';
import type { Observation } from './observation.ts';
import type { OwnAnswer } from './own-answer.ts';
import type { Link, Pool } from './pool.ts';
import { ownBytes, writeBytes, type Keep } from './reading.ts';
import { createResponsePump, type ResponsePump } from './response-pump.ts';
import { failureAnswer } from './upstream-failure.ts';
import type { Upstream } from './upstreams.ts';

/** One request on its way to its upstream and its response on the way back. */
export interface Forward {
  /** Sends the head with the body's first bytes, as `take`. Called once, before it. */
  begin(bytes: Buffer): number;
  /** Forwards the bytes of this request's body and says how many of `bytes` those are. */
  take(bytes: Buffer, keep: Keep): number;
  requestDone(): boolean;
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
  /** Decides whether and when this request goes on; absent where nothing is asked of it. */
  readonly gate: Gate | undefined;
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
/** Longest request that can be held for a decision or kept for another try; a longer one is forwarded as it comes. */
const MAX_KEPT = 16 * 1024 * 1024;

/**
 * Splices one exchange between the agent's socket and an upstream connection. Bytes of both bodies are passed as they
 * come, framing included; only heads are rewritten (see rewrite.ts). Each piece is written on before it is looked at.
 */
export function forward(agent: net.Socket, request: ForwardRequest, pool: Pool, end: ForwardEnd): Forward {
  const { head, upstream, gate, observation } = request;
  const requestScan = createBodyScan(request.framing);
  let link: Link | undefined;
  let pump: ResponsePump | undefined;
  let held: HeldResponse | undefined;
  let patience: Patience | undefined;
  /** The head for the upstream, as latin1, until it is written. */
  let unsent: string | undefined;
  /** True until the first bytes are in: they and the head go out as one piece. */
  let beginning = true;
  /** Body bytes that came before there was a connection. */
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  /** The body's bytes once more, for another try; undefined where there will be none. */
  let kept: Buffer[] | undefined;
  let payloads: Buffer[] | undefined = gate?.wantsBody === true ? [] : undefined;
  let asking = gate !== undefined;
  let over = false;
  const pieces: Buffer[] = [];
  const collect = (payload: Buffer): void => void pieces.push(payload);

  if (gate === undefined) connect();
  else if (!gate.wantsBody || requestScan.done) ask();

  function ask(): void {
    const body = payloads === undefined || !requestScan.done ? undefined : Buffer.concat(payloads);
    payloads = undefined;
    void gate!.decide(body).then((decision) => {
      if (over) return;
      asking = false;
      if (!decision.go) return fail(decision.answer);
      patience = waitingBytes > MAX_KEPT ? undefined : decision.patience;
      if (patience !== undefined) kept = [...waiting];
      connect();
    });
  }

  function connect(): void {
    const idle = pool.idle(upstream);
    if (idle !== undefined) return start(idle);
    void pool.connect(upstream).then((lending) => {
      if (!lending.ok) fail(failureAnswer(upstream, lending.error));
      else if (over) lending.link.release(undefined);
      else start(lending.link);
    });
  }

  function start(fresh: Link): void {
    link = fresh;
    pump = createResponsePump(agent, {
      method: head.method,
      minor: head.minor,
      observation,
      closeAfter: request.closeAfter,
      onFull: () => fresh.socket.pause(),
      onComplete: complete,
      onCut: cut,
      onNoAnswer: (why) => fail(failureAnswer(upstream, why)),
    });
    held = patience === undefined ? undefined : createHeldResponse(head.method, patience.wants);
    fresh.listen({ onData: takeResponse, onClose: upstreamClosed, onDrain: () => agent.resume() });
    const target = `${fresh.absoluteForm ? upstream.origin : ''}${upstream.basePath}${request.rest}`;
    unsent = upstreamHead(head, target, upstream.host, request.hop);
    if (!beginning) flush();
  }

  function flush(): void {
    if (unsent === undefined || over || link === undefined) return;
    const bodyBytes = waiting.reduce((sum, { length }) => sum + length, 0);
    const bytes = Buffer.allocUnsafe(unsent.length + bodyBytes);
    let at = bytes.write(unsent, 0, 'latin1');
    for (const piece of waiting) at += piece.copy(bytes, at);
    unsent = undefined;
    waiting = [];
    if (!link.socket.write(bytes)) agent.pause();
    else if (waitingBytes > MAX_WAITING) agent.resume();
  }

  function begin(bytes: Buffer): number {
    const mine = bytes.length === 0 ? 0 : take(bytes, undefined);
    beginning = false;
    flush();
    return mine;
  }

  function take(bytes: Buffer, keep: Keep): number {
    const mine = requestScan.take(bytes, collect);
    if (requestScan.broken !== undefined) {
      const message = `Planward stopped this request: its body is not well-formed (${requestScan.broken}).`;
      fail({ status: 400, reason: 'bad-chunk', message });
      return bytes.length;
    }
    if (mine > 0 && !over) send(mine === bytes.length ? bytes : bytes.subarray(0, mine), keep);
    for (const payload of pieces) {
      observation.requestPayload(payload, keep !== undefined);
      payloads?.push(ownBytes(payload, keep));
    }
    pieces.length = 0;
    if (payloads !== undefined && !over && (requestScan.done || waitingBytes > MAX_KEPT)) ask();
    return mine;
  }

  function send(bytes: Buffer, keep: Keep): void {
    const early = link === undefined || unsent !== undefined;
    if (early || kept !== undefined) {
      const own = ownBytes(bytes, keep);
      kept?.push(own);
      if (early) waiting.push(own);
    }
    if (early) {
      waitingBytes += bytes.length;
      if (link === undefined && waitingBytes > (asking ? MAX_KEPT : MAX_WAITING)) agent.pause();
    } else if (!writeBytes(link!.socket, bytes, keep)) agent.pause();
  }

  function takeResponse(bytes: Buffer, keep: Keep): void {
    if (held === undefined) return pump!.take(bytes, keep);
    const reading = held.take(ownBytes(bytes, keep));
    if (reading === 'more') return;
    const again = reading === 'pass' || !requestScan.done ? undefined : patience!.again(reading);
    if (again === undefined || reading === 'pass') return passHeld();
    tryAgain(reading, again);
  }

  function passHeld(): void {
    const bytes = held!.raw();
    held = undefined;
    kept = undefined;
    pump!.take(bytes, undefined);
  }

  /** The refusal is waited out: this connection is let go, and the same bytes are sent anew when patience says so. */
  function tryAgain(reply: HeldReply, again: Promise<boolean>): void {
    const spent = link!;
    const first = held!.raw();
    link = undefined;
    const restMs = held!.restMs();
    if (restMs === undefined) spent.destroy();
    else spent.release(restMs);
    observation.absorbed(reply.status, reply.headers, reply.payload);
    void again.then((go) => {
      if (over) return;
      if (go) {
        waiting = [...kept!];
        connect();
        return;
      }
      // Patience ended: the agent gets the refusal that came, from the bytes that were held.
      held = undefined;
      pump!.take(first, undefined);
    });
  }

  function complete(reusableMs: number | undefined, closeAgent: boolean): void {
    const spent = link;
    settle('completed');
    observation.end('completed');
    if (reusableMs !== undefined && requestScan.done) spent?.release(reusableMs);
    else spent?.destroy();
    end.onDone(closeAgent || !requestScan.done);
  }

  function upstreamClosed(error: Error | undefined): void {
    if (held !== undefined) passHeld();
    pump!.closed(error);
  }

  function fail(answer: OwnAnswer): void {
    if (over) return;
    if (pump?.begun() === true) return cut(false);
    const outcome = answer.outcome ?? 'upstream-failed';
    settle(outcome);
    link?.destroy();
    observation.end(outcome, answer.status);
    end.onFailure(answer);
  }

  function cut(reset: boolean): void {
    if (over) return;
    settle('upstream-failed');
    link?.destroy();
    observation.end('upstream-failed');
    end.onCut(reset);
  }

  function settle(outcome: Outcome): void {
    over = true;
    waiting = [];
    kept = payloads = undefined;
    gate?.over(outcome);
  }

  return {
    begin,
    take,
    requestDone: () => requestScan.done,
    agentDrained() {
      link?.socket.resume();
    },
    abort() {
      if (over) return;
      settle('aborted');
      link?.destroy();
      observation.end('aborted');
    },
  };
}
