import { timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type net from 'node:net';
import type { Snapshot } from '../core/snapshot.ts';
import { CONTROL } from '../protocol/control.ts';
import { HEALTH_PATH } from '../protocol/endpoint.ts';
import type { ControlDeps } from './routes/control-deps.ts';
import { controlRoutes } from './routes/list.ts';
import type { ControlAnswer } from './routes/route.ts';
import { isLoopbackHost } from './target.ts';

export interface ControlPlane {
  /** Serves a connection whose first bytes were read already. */
  adopt(socket: net.Socket, bytes: Buffer): void;
  /** Sends the present Snapshot to all subscribers. */
  publish(): void;
  readonly subscribers: number;
  /** Those of them that can put a held turn to the user. */
  readonly asking: number;
  /** Sends a last Snapshot and ends subscriptions, so that windows look for this relay's successor; calls go on. */
  dismiss(): void;
  /** Ends all control connections. */
  close(): void;
}

const MAX_BODY = 256 * 1024;
/** A comment line keeps subscriptions alive through idle timers. */
const HEARTBEAT_MS = 15_000;

/** The control API (see protocol/control.ts) on the relay's own port: plain node:http on connections handed over. */
export function createControlPlane(deps: ControlDeps): ControlPlane {
  const subscribers = new Set<http.ServerResponse>();
  const asking = new Set<http.ServerResponse>();
  const sockets = new Set<net.Socket>();
  let dismissed = false;
  const server = http.createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      deps.onTrouble('control', error);
      if (!response.headersSent) sendError(response, 500, 'internal', 'The relay failed at this; its log says more.');
      else response.destroy();
    });
  });
  const heartbeat = setInterval(() => {
    for (const response of subscribers) response.write(': here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    response.setHeader('Connection', 'close');
    response.setHeader('Cache-Control', 'no-store');
    const path = (request.url ?? '').split('?')[0]!;
    if (!isLoopbackHost(request.headers.host ?? '') || request.headers.origin !== undefined) {
      return sendError(response, 403, 'foreign', 'The control API answers only to programs on this machine.');
    }
    if (path === HEALTH_PATH) {
      return request.method === 'GET' || request.method === 'HEAD'
        ? sendJson(response, 200, deps.health())
        : sendError(response, 405, 'method', 'Health is read with GET.');
    }
    if (!authorised(request.headers.authorization)) {
      return sendError(response, 401, 'token', 'The control API needs the bearer token of endpoint.json.');
    }
    if (request.method === 'GET' && path === CONTROL.events) return subscribe(request, response);
    const route = controlRoutes.find((each) => each.path === path && each.method === request.method);
    if (route === undefined) return sendError(response, 404, 'unknown-route', 'The control API has no such route.');
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://relay').searchParams);
    const body = route.method === 'GET' ? undefined : await readBody(request);
    send(response, await route.answer({ query, body }, deps));
  }

  function send(response: http.ServerResponse, given: ControlAnswer): void {
    if ('error' in given) return sendError(response, given.status, given.error.code, given.error.message);
    if ('text' in given) return sendText(response, given.text, given.type);
    const { afterwards } = given;
    sendJson(response, 200, given.json);
    if (afterwards !== undefined) response.once('close', afterwards);
  }

  function authorised(field: string | undefined): boolean {
    const given = Buffer.from(/^Bearer (.+)$/i.exec(field ?? '')?.[1] ?? '');
    const wanted = Buffer.from(deps.token);
    // Compared in constant time; the length of the token is no secret.
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  function subscribe(request: http.IncomingMessage, response: http.ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    if (dismissed) return void response.end(snapshotEvent(deps.snapshot()));
    response.write(snapshotEvent(deps.snapshot()));
    subscribers.add(response);
    response.once('close', () => {
      subscribers.delete(response);
      if (asking.delete(response)) deps.onAsking();
    });
    if (new URL(request.url ?? '', 'http://relay').searchParams.get('asks') !== '1') return;
    asking.add(response);
    deps.onAsking();
  }

  function publish(): void {
    if (subscribers.size === 0) return;
    let event: string;
    try {
      event = snapshotEvent(deps.snapshot());
    } catch (error) {
      deps.onTrouble('publish', error); // called by timers: thrown on, it would end the relay under its agents
      return;
    }
    for (const response of subscribers) {
      // A subscriber that does not read is let go rather than buffered for; it comes back and gets a whole Snapshot.
      if (response.writableLength > 8 * 1024 * 1024) response.destroy();
      else response.write(event);
    }
  }

  return {
    adopt(socket, bytes) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      server.emit('connection', socket);
      if (bytes.length > 0) socket.unshift(bytes);
    },
    publish,
    get subscribers() {
      return subscribers.size;
    },
    get asking() {
      return asking.size;
    },
    dismiss() {
      clearInterval(heartbeat);
      dismissed = true;
      publish();
      for (const response of subscribers) response.end();
      subscribers.clear();
    },
    close() {
      clearInterval(heartbeat);
      for (const socket of sockets) socket.destroySoon();
    },
  };
}

function snapshotEvent(snapshot: Snapshot): string {
  return `event: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`;
}

function sendJson(response: http.ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function sendText(response: http.ServerResponse, body: string, type: string): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function sendError(response: http.ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { error: { code, message } });
}

/** A JSON body of bounded size; undefined where it is none. */
async function readBody(request: http.IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BODY) return undefined;
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
}
