import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { listen } from '../support/loopback.ts';

const FIXTURES = new URL('../fixtures/tls/', import.meta.url);
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

let closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers) close();
  closers = [];
});

/** A TLS server whose certificate only the fixture authority signs. */
async function startTlsUpstream(): Promise<{ port: number; requests: string[] }> {
  const requests: string[] = [];
  const server = tls.createServer(
    { key: readFileSync(new URL('server.key', FIXTURES)), cert: readFileSync(new URL('server.pem', FIXTURES)) },
    (socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        requests.push(bytes.toString('latin1'));
        socket.write(OK);
      });
    },
  );
  server.on('tlsClientError', () => {});
  closers.push(() => server.close());
  return { port: await listen(server), requests };
}

/** An HTTP proxy that tunnels everything to `to`, whatever name was asked for, and remembers what was asked. */
async function startProxy(to: number): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('through the proxy');
  });
  server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    asked.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    const onward = net.connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  closers.push(() => (server.closeAllConnections(), server.close()));
  return { port: await listen(server), asked };
}

/** Sends one request through a data plane in a process of its own, since authorities and proxies come from its environment. */
function passInChild(upstream: string, env: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [new URL('outbound-child.ts', import.meta.url).pathname, upstream], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      timeout: 20_000,
    });
    let out = '';
    child.stdout.on('data', (bytes) => (out += bytes));
    child.stderr.on('data', (bytes) => (out += bytes));
    child.once('error', reject);
    child.once('exit', () => resolve(out));
  });
}

const CA = { NODE_EXTRA_CA_CERTS: new URL('ca.pem', FIXTURES).pathname };

describe('an upstream behind TLS', () => {
  test('is reached where the company authority is named, with the bytes as they are', async () => {
    const { port, requests } = await startTlsUpstream();
    expect(await passInChild(`https://localhost:${port}`, CA)).toContain('200 OK');
    expect(requests).toEqual([`GET /x HTTP/1.1\r\nHost: localhost:${port}\r\nX-Odd: 1\r\n\r\n`]);
  });

  test('is not reached where nobody vouches for its certificate', async () => {
    const { port, requests } = await startTlsUpstream();
    const answer = await passInChild(`https://localhost:${port}`, {});
    expect(answer).toMatch(/502 Bad Gateway.*upstream-tls.*could not be verified/s);
    expect(requests).toEqual([]);
  });

  test('is not reached under a name its certificate does not hold', async () => {
    const { port } = await startTlsUpstream();
    const proxy = await startProxy(port);
    const env = { ...CA, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect(await passInChild('https://api.planward.invalid', env)).toMatch(/upstream-tls/);
  });
});

describe('an outbound proxy in the environment', () => {
  test('tunnels https upstreams, with its own credentials', async () => {
    const { port } = await startTlsUpstream();
    const proxy = await startProxy(port);
    const env = { ...CA, HTTPS_PROXY: `http://me:pa%20ss@127.0.0.1:${proxy.port}` };
    await passInChild('https://api.planward.invalid', env);
    expect(proxy.asked).toEqual([
      `CONNECT api.planward.invalid:443 Basic ${Buffer.from('me:pa ss').toString('base64')}`,
    ]);
  });

  test('gets absolute-form requests for http upstreams', async () => {
    const proxy = await startProxy(1);
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect(await passInChild('http://gateway.planward.invalid/base', env)).toContain('through the proxy');
    expect(proxy.asked).toEqual(['GET http://gateway.planward.invalid/base/x']);
  });

  test('is left aside for what NO_PROXY names and for loopback', async () => {
    const { port } = await startTlsUpstream();
    const proxy = await startProxy(1);
    const proxied = { ...CA, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect(await passInChild(`https://localhost:${port}`, proxied)).toContain('200 OK');
    await passInChild('https://api.planward.invalid', { ...proxied, NO_PROXY: '.planward.invalid' });
    expect(proxy.asked).toEqual([]);
  });

  test('that refuses is named in the answer', async () => {
    const proxy = await startProxy(1);
    const answer = await passInChild('https://api.planward.invalid', { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    expect(answer).toMatch(/502 Bad Gateway/);
  });
});
