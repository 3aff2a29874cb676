import type net from 'node:net';
import type { DialectId } from '../core/exchange.ts';
import type { Dialect, Headers, RouteReading } from '../core/provider.ts';
import { forward, type Forward } from './forward.ts';
import { requestFraming, type Framing } from './http1/framing.ts';
import { fieldsOf, headEnd, MAX_HEAD_BYTES, readRequestHead, valuesOf, type RequestHead } from './http1/head.ts';
import { connectionTokens } from './http1/rewrite.ts';
import type { Gate } from './gate.ts';
import type { Observation, Observer } from './observation.ts';
import type { Opening } from './opening.ts';
import { ownAnswerBytes, type OwnAnswer } from './own-answer.ts';
import type { Pool } from './pool.ts';
import { createReading, ownBytes, readInto, type Keep } from './reading.ts';
import { isLoopbackHost, originForm, readTarget, type LocalTarget } from './target.ts';
import type { Upstream, UpstreamTable } from './upstreams.ts';

export interface ServeDeps {
  readonly upstreams: () => UpstreamTable;
  readonly pool: Pool;
  readonly dialects: ReadonlyMap<DialectId, Dialect>;
  readonly observer: Observer;
  /** What stands before a request; undefined where nothing does. */
  readonly gateFor: (opening: Opening, observation: Observation) => Gate | undefined;
  /** Takes over a connection whose next request is for the control plane; `bytes` are unread yet. */
  readonly handOver: (socket: net.Socket, bytes: Buffer) => void;
  readonly draining: () => boolean;
}

/** One connection of an agent. */
export interface AgentConnection {
  busy(): boolean;
  /** Ends it after the present request, or after the next one that comes within `graceMs`, or then without one. */
  retire(graceMs: number): void;
  destroy(): void;
}

/** Longest wait for the rest of a request head, and for the next request on an open connection. */
const IDLE_MS = 10 * 60_000;
const LINGER_MS = 2_000;
/** Bytes of following requests that are held while one is under way. */
const MAX_AHEAD = 64 * 1024;
const EMPTY = Buffer.alloc(0);

/** Reads requests off an agent's connection one after the other and forwards each. `onGone` is called once. */
export function serveAgent(accepted: net.Socket, deps: ServeDeps, onGone: () => void): AgentConnection {
  let unread: Buffer = EMPTY;
  let searched = 0;
  let current: Forward | undefined;
  let closing = false;
  let retiring = false;
  let lastAt = performance.now();
  /** Where what comes goes: to requests, or on to the control plane. */
  let deliver: (bytes: Buffer, keep: Keep) => void | boolean = onBytes;

  const onread = createReading(
    (bytes, keep) => deliver(bytes, keep),
    () => current !== undefined && !current.requestDone(),
  );
  const widened = readInto(accepted, onread);
  const socket = widened ?? accepted;
  const idle = setTimeout(endIdle, IDLE_MS).unref();
  socket.setNoDelay(true);
  if (widened === undefined) socket.on('data', onData);
  socket.on('drain', onDrain);
  socket.on('end', onEnd);
  socket.on('error', onError);
  socket.on('close', onClose);

  function onData(bytes: Buffer): void {
    onBytes(bytes, undefined);
  }
  function onBytes(bytes: Buffer, keep: Keep): void {
    if (closing) return; // lingering: what still comes is thrown away
    if (current === undefined) lastAt = performance.now();
    let rest = bytes;
    if (current !== undefined && !current.requestDone()) {
      const taken = current.take(bytes, keep);
      if (taken === bytes.length) return;
      rest = bytes.subarray(taken);
    }
    if (closing) return;
    unread = unread.length === 0 ? ownBytes(rest, keep) : Buffer.concat([unread, rest]);
    if (current === undefined) nextRequest();
    else if (unread.length > MAX_AHEAD) socket.pause();
  }
  function onDrain(): void {
    current?.agentDrained();
  }
  function onEnd(): void {
    current?.abort();
    socket.end();
  }
  function onError(): void {
    current?.abort();
  }
  function onClose(): void {
    clearTimeout(idle);
    current?.abort();
    current = undefined;
    onGone();
  }
  /** Looked at now and then, so that no read or write has to set a timer anew. */
  function endIdle(): void {
    const idleMs = performance.now() - lastAt;
    if (current === undefined && idleMs >= IDLE_MS) socket.destroy();
    else idle.refresh();
  }

  function nextRequest(): void {
    while (unread.length >= 2 && unread[0] === 13 && unread[1] === 10) unread = unread.subarray(2);
    const at = headEnd(unread, searched);
    if (at < 0) {
      searched = unread.length;
      if (unread.length > MAX_HEAD_BYTES) {
        answer({ status: 431, reason: 'head-too-long', message: 'The request head is longer than 128 KB.' });
      }
      return;
    }
    searched = 0;
    const reading = readRequestHead(unread, at);
    if (!reading.ok) {
      answer({ status: reading.error.status, reason: reading.error.code, message: reading.error.message });
      return;
    }
    begin(reading.head, at);
  }

  function begin(head: RequestHead, at: number): void {
    const { form, target } = whereTo(head.target);
    const upstream = target.kind === 'provider' ? deps.upstreams().get(target.providerId) : undefined;
    const withBody = head.method !== 'HEAD';
    const stranger = strangerAnswer(head, form?.authority);
    if (stranger !== undefined) return answer(stranger, { withBody });
    if (target.kind === 'control') return handOver();
    if (target.kind !== 'provider' || upstream === undefined)
      return answer(unknownPath(deps.upstreams()), { withBody });

    const route = upstream.provider.route(head.method, target.path);
    const dialect = route.dialect === undefined ? undefined : deps.dialects.get(route.dialect);
    const framing = requestFraming(head);
    const hop = connectionTokens(head);
    if (!framing.ok) {
      return answer({ ...framing.error, reason: framing.error.code }, { dialect, withBody });
    }
    if (hop === undefined) {
      const message = 'The Connection field names a field that must stay.';
      return answer({ status: 400, reason: 'connection-field', message }, { dialect, withBody });
    }
    if (valuesOf(head, 'upgrade').some((value) => /\bwebsocket\b/i.test(value)))
      return answer(NO_WEBSOCKET, { dialect, withBody });
    const opening = new HeadOpening(head, upstream, target, route, framing.framing);
    const observation = deps.observer.open(opening);
    const gate = deps.gateFor(opening, observation);
    const closeAfter = () => head.minor === 0 || hop.has('close') || retiring || deps.draining();
    send(head, framing.framing, hop, target.rest, at, upstream, observation, gate, closeAfter, dialect);
  }

  /** Requests of one connection go to the same place, as a rule. */
  let lastTarget: string | undefined;
  let lastPlace: Place | undefined;
  function whereTo(target: string): Place {
    if (lastPlace === undefined || target !== lastTarget) {
      lastTarget = target;
      const form = originForm(target);
      lastPlace = { form, target: form === undefined ? { kind: 'none' } : readTarget(form.path) };
    }
    return lastPlace;
  }

  function send(
    head: RequestHead,
    framing: Framing,
    hop: ReadonlySet<string>,
    rest: string,
    at: number,
    upstream: Upstream,
    observation: Observation,
    gate: Gate | undefined,
    closeAfter: () => boolean,
    dialect: Dialect | undefined,
  ): void {
    const request = { head, framing, hop, rest, upstream, observation, gate, closeAfter };
    const mine: Forward = forward(socket, request, deps.pool, {
      onDone(close) {
        if (current === mine) current = undefined;
        if (close || closing) linger();
        else if (retiring && unread.length === 0) linger();
        else resumeReading();
      },
      onFailure(failure) {
        const open = mine.requestDone() && !closeAfter();
        if (current === mine) current = undefined;
        answer(failure, { dialect, withBody: head.method !== 'HEAD', keep: open });
      },
      onCut(reset) {
        if (current === mine) current = undefined;
        if (reset) socket.resetAndDestroy();
        else linger();
      },
    });
    current = mine;
    const body = unread.subarray(at);
    unread = EMPTY;
    const taken = mine.begin(body);
    if (taken < body.length) unread = body.subarray(taken);
  }

  /** A pipelined request may be waiting already; it starts in a turn of its own, so that a long line of them cannot nest. */
  function resumeReading(): void {
    lastAt = performance.now();
    if (socket.isPaused()) socket.resume();
    if (unread.length > 0) {
      setImmediate(() => {
        if (current === undefined && !closing) nextRequest();
      });
    }
  }

  function answer(
    own: OwnAnswer,
    {
      dialect,
      withBody = true,
      keep = false,
    }: { dialect?: Dialect | undefined; withBody?: boolean; keep?: boolean } = {},
  ): void {
    socket.write(ownAnswerBytes(own, dialect, { close: !keep, withBody }));
    if (keep) resumeReading();
    else linger();
  }

  /** Ends our side, and reads on for a moment: closing at once could reset the answer out of the agent's hands. */
  function linger(): void {
    if (closing) return;
    closing = true;
    unread = EMPTY;
    // Only once all is handed to the system: a slow reader may still have much of its answer to come.
    socket.end(() => setTimeout(() => socket.destroy(), LINGER_MS).unref());
    socket.resume();
  }

  function handOver(): void {
    socket.off('data', onData);
    deliver = (bytes, keep) => socket.push(ownBytes(bytes, keep));
    socket.off('drain', onDrain);
    socket.off('end', onEnd);
    socket.off('error', onError);
    socket.off('close', onClose);
    clearTimeout(idle);
    const bytes = unread;
    unread = EMPTY;
    onGone();
    deps.handOver(socket, bytes);
  }

  return {
    busy: () => current !== undefined,
    retire(graceMs) {
      retiring = true;
      if (current !== undefined) return;
      setTimeout(() => {
        if (current === undefined) linger(); // a request that has not come whole by now was not sent on: it can be repeated
      }, graceMs).unref();
    },
    destroy() {
      socket.destroy();
    },
  };
}

interface Place {
  readonly form: ReturnType<typeof originForm>;
  readonly target: LocalTarget;
}

/** A class for its accessor: fields are made where somebody asks, which is after the request is on its way. */
class HeadOpening implements Opening {
  readonly upstream: Upstream;
  readonly method: string;
  readonly path: string;
  readonly url: string;
  readonly operation: RouteReading['operation'];
  readonly dialect: DialectId | undefined;
  readonly model: string | undefined;
  readonly expectedBytes: number | undefined;
  readonly agentId: string | undefined;
  #head: RequestHead;
  #headers: Headers | undefined;

  constructor(
    head: RequestHead,
    upstream: Upstream,
    target: LocalTarget & { readonly kind: 'provider' },
    route: RouteReading,
    framing: Framing,
  ) {
    this.upstream = upstream;
    this.method = head.method;
    this.path = target.path;
    this.url = target.rest;
    this.operation = route.operation;
    this.dialect = route.dialect;
    this.model = route.model;
    this.expectedBytes = framing.kind === 'length' ? framing.length : undefined;
    this.agentId = target.agentId;
    this.#head = head;
  }

  get headers(): Headers {
    return (this.#headers ??= fieldsOf(this.#head));
  }
}

const NO_WEBSOCKET: OwnAnswer = {
  status: 426,
  reason: 'no-websocket',
  message: 'Planward does not relay WebSockets yet. Send this request over plain HTTP.',
};

/** Refuses what a web page or another machine could send here: a foreign Host (DNS rebinding) or any Origin. */
function strangerAnswer(head: RequestHead, authority: string | undefined): OwnAnswer | undefined {
  const hosts = valuesOf(head, 'host');
  if (hosts.length > 1 || (hosts.length === 0 && head.minor === 1)) {
    return { status: 400, reason: 'host-field', message: 'A request needs exactly one Host field.' };
  }
  const foreign = [authority, ...hosts].find((host) => host !== undefined && !isLoopbackHost(host));
  if (foreign !== undefined) {
    const message = 'Planward answers only to 127.0.0.1, localhost and [::1]. Check the base URL of your agent.';
    return { status: 403, reason: 'foreign-host', message };
  }
  if (valuesOf(head, 'origin').length > 0) {
    const message = 'Planward does not answer to web pages (the request carries an Origin).';
    return { status: 403, reason: 'origin', message };
  }
  return undefined;
}

function unknownPath(upstreams: UpstreamTable): OwnAnswer {
  const known = [...upstreams.keys()].map((id) => `/${id}/`).join(', ');
  const message = `Planward does not know this path. It begins with a provider: ${known}. Check the base URL of your agent.`;
  return { status: 404, reason: 'unknown-path', message };
}
