import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { readFileSync } from 'node:fs';
import { getProxyForUrl } from 'proxy-from-env';
import { STREAM_AHEAD_BYTES } from './listen.ts';
import { createReading, type OnBytes } from './reading.ts';
import type { Upstream } from './upstreams.ts';

/** A connection to an upstream, ready for HTTP. */
export interface Dialled {
  readonly socket: net.Socket;
  /** Starts handing over what comes. Called once. */
  read(onBytes: OnBytes): void;
  /** True where the socket ends at an HTTP proxy that wants absolute-form targets (plain http upstreams only). */
  readonly absoluteForm: boolean;
}

export type DialError = {
  readonly kind: 'timeout' | 'refused' | 'dns' | 'tls' | 'proxy' | 'other';
  readonly message: string;
};
export type Dialling =
  | { readonly ok: true; readonly dialled: Dialled }
  | { readonly ok: false; readonly error: DialError };

const CONNECT_TIMEOUT_MS = 30_000;

/**
 * Connects to an upstream: TCP, through the outbound proxy that the environment names for it (HTTP_PROXY, HTTPS_PROXY,
 * ALL_PROXY, NO_PROXY), with TLS verified against Node's own, the system's and the company's (NODE_EXTRA_CA_CERTS,
 * SSL_CERT_FILE) authorities. Never throws. `events`: the socket is to be given to a Node client, which listens to it itself.
 */
export async function dial(
  upstream: Upstream,
  timeoutMs = CONNECT_TIMEOUT_MS,
  reading: 'blocks' | 'events' = 'blocks',
): Promise<Dialling> {
  const proxy = proxyFor(upstream);
  const openPlain = reading === 'blocks' ? openInBlocks : openWithEvents;
  try {
    if (proxy !== undefined && !upstream.tls) {
      return { ok: true, dialled: { ...(await openPlain(proxyAddress(proxy), timeoutMs)), absoluteForm: true } };
    }
    const address = { host: upstream.hostname, port: upstream.port };
    if (!upstream.tls) return { ok: true, dialled: { ...(await openPlain(address, timeoutMs)), absoluteForm: false } };
    const tcp = proxy === undefined ? await openTcp(address, timeoutMs) : await openTunnel(proxy, upstream, timeoutMs);
    const socket = await openTls(tcp, upstream.hostname, timeoutMs);
    return { ok: true, dialled: { ...withEvents(socket), absoluteForm: false } };
  } catch (error) {
    return { ok: false, error: readDialError(error) };
  }
}

/** The proxy the environment asks for; loopback upstreams never go through one. */
function proxyFor(upstream: Upstream): URL | undefined {
  if (/^(?:127\.|localhost$|::1$)/.test(upstream.hostname)) return undefined;
  const value = getProxyForUrl(upstream.origin);
  return value === '' ? undefined : new URL(value);
}

function proxyAddress(proxy: URL): { host: string; port: number } {
  const port = proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port);
  return { host: proxy.hostname.replace(/^\[|\]$/g, ''), port };
}

class DialFailure extends Error {
  readonly kind: DialError['kind'];
  constructor(kind: DialError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

async function openWithEvents(
  address: { host: string; port: number },
  timeoutMs: number,
): Promise<Omit<Dialled, 'absoluteForm'>> {
  return withEvents(await openTcp(address, timeoutMs));
}

function withEvents(socket: net.Socket): Omit<Dialled, 'absoluteForm'> {
  return { socket, read: (onBytes) => socket.on('data', (bytes: Buffer) => onBytes(bytes, undefined)) };
}

/** Without TLS: its bytes are read into our own blocks. */
async function openInBlocks(
  address: { host: string; port: number },
  timeoutMs: number,
): Promise<Pick<Dialled, 'socket' | 'read'>> {
  let take: OnBytes = () => {};
  const onread = createReading(
    (bytes, keep) => take(bytes, keep),
    () => true,
  );
  const socket = await openTcp({ ...address, onread }, timeoutMs);
  return {
    socket,
    read(onBytes) {
      take = onBytes;
      socket.resume(); // else its end would not be heard
    },
  };
}

function openTcp(
  address: { host: string; port: number; onread?: net.OnReadOpts },
  timeoutMs: number,
): Promise<net.Socket> {
  const socket = net.connect({
    ...address,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    writableHighWaterMark: STREAM_AHEAD_BYTES,
  } as net.NetConnectOpts); // the stream options are passed on, though their types are not declared
  return settled(socket, 'connect', timeoutMs);
}

function openTls(tcp: net.Socket, servername: string, timeoutMs: number): Promise<net.Socket> {
  const socket = tls.connect({
    socket: tcp,
    ...(net.isIP(servername) === 0 ? { servername } : {}),
    host: servername,
    ca: authorities(),
    ALPNProtocols: ['http/1.1'],
  });
  return settled(socket, 'secureConnect', timeoutMs);
}

/** A tunnel through an HTTP proxy (RFC 9110 9.3.6), with the proxy's own credentials where its URL holds some. */
function openTunnel(proxy: URL, upstream: Upstream, timeoutMs: number): Promise<net.Socket> {
  const authority = `${upstream.hostname.includes(':') ? `[${upstream.hostname}]` : upstream.hostname}:${upstream.port}`;
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return new Promise((resolve, reject) => {
    const request = (proxy.protocol === 'https:' ? https : http).request({
      ...proxyAddress(proxy),
      method: 'CONNECT',
      path: authority,
      agent: false,
      headers: {
        host: authority,
        ...(login === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }),
      },
      ...(proxy.protocol === 'https:' ? { ca: authorities() } : {}),
    });
    request.setTimeout(timeoutMs, () =>
      request.destroy(new DialFailure('timeout', 'the outbound proxy did not answer')),
    );
    request.once('error', reject);
    request.once('connect', (response, socket) => {
      request.setTimeout(0);
      if (response.statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(new DialFailure('proxy', `the outbound proxy ${proxy.host} answered ${response.statusCode}`));
      }
    });
    request.end();
  });
}

function settled<S extends net.Socket>(socket: S, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<S> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => done(new DialFailure('timeout', `no connection within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    const onError = (error: Error) => done(error);
    const onReady = () => done(undefined);
    function done(error: Error | undefined): void {
      clearTimeout(timer);
      socket.off('error', onError);
      socket.off(event, onReady);
      if (error === undefined) resolve(socket);
      else {
        socket.on('error', () => {}); // a late second error must not become an uncaught exception
        socket.destroy();
        reject(error);
      }
    }
    socket.once('error', onError);
    socket.once(event, onReady);
  });
}

let cachedAuthorities: string[] | undefined;

/** Node's bundled, the system's and the company's certificate authorities. Read once, at the first TLS upstream. */
function authorities(): string[] {
  cachedAuthorities ??= [
    ...new Set([
      ...nodeAuthorities(),
      ...[process.env['NODE_EXTRA_CA_CERTS'], process.env['SSL_CERT_FILE']].flatMap(readAuthorityFile),
    ]),
  ];
  return cachedAuthorities;
}

function nodeAuthorities(): readonly string[] {
  if (typeof tls.getCACertificates !== 'function') return tls.rootCertificates; // Node before 22.15
  return [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
}

function readAuthorityFile(path: string | undefined): string[] {
  if (path === undefined || path === '') return [];
  try {
    return readFileSync(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  } catch {
    return []; // an unreadable file is no authority; the handshake says so if it was needed
  }
}

function readDialError(error: unknown): DialError {
  if (error instanceof DialFailure) return { kind: error.kind, message: error.message };
  const { code, message } = error as NodeJS.ErrnoException;
  return {
    kind: kindOf(code),
    message: code === undefined || message.includes(code) ? message : `${message} (${code})`,
  };
}

function kindOf(code: string | undefined): DialError['kind'] {
  if (code === 'ETIMEDOUT') return 'timeout';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code !== undefined && /CERT|TLS|SSL|ALTNAME|SELF_SIGNED|UNABLE_TO/.test(code)) return 'tls';
  return 'other';
}
