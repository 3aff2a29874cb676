import { readFileSync, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { CONTROL } from '../../src/protocol/control.ts';
import { homePaths } from '../../src/protocol/home.ts';
import { useProgram } from '../relay/program.ts';
import { rawClient } from '../support/raw-client.ts';

const stage = useProgram();

/** Names a page that was rebound to this machine, or a proxy in between, could send. None of them is ours. */
const FOREIGN_HOSTS = [
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example#localhost',
  'localhost@evil.example',
  'user@localhost',
  'localhost.',
  'localhost..',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '0.0.0.0',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[0:0:0:0:0:0:0:1]',
  '::1',
  '127.0.0.1:7526:80',
  'localhost:port',
  'localhost:123456',
  'localhost/',
  'localhost\\evil.example',
  'localhost,evil.example',
  'localhost evil.example',
  'ⓛocalhost',
  'xn--localhost',
] as const;

describe('a page in a browser', () => {
  test('is refused on both planes by whatever name it comes, before anything is forwarded', async () => {
    const mock = await stage.mock();
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const { token } = relay.endpoint();
    const paths = ['/zai/api/anthropic/v1/messages', CONTROL.snapshot, '/_planward/health'];
    for (const [host, path] of FOREIGN_HOSTS.flatMap((name) => paths.map((each) => [name, each] as const))) {
      const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
      const back = (await rawClient(relay.port, Buffer.from(request), { until: 'close' })).toString();
      expect([host, back.slice(0, 12)]).toEqual([host, expect.stringMatching(/^HTTP\/1\.1 40[03]/)]);
      expect(back).not.toContain(token);
      expect(back.toLowerCase()).not.toContain('access-control-allow');
    }
    expect(mock.requests).toHaveLength(0);
  });

  test.each([
    ['Origin: http://localhost:3000', 'a page of this machine'],
    ['Origin: null', 'a sandboxed page'],
    ['Origin: vscode-webview://x', 'a webview'],
    ['Origin: http://127.0.0.1:7526', 'one that says it is us'],
  ])('with %j (%s) is refused whatever it asks, a preflight included', async (origin) => {
    const mock = await stage.mock();
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const { token } = relay.endpoint();
    for (const [method, path] of [
      ['OPTIONS', '/zai/api/anthropic/v1/messages'],
      ['POST', '/zai/api/anthropic/v1/messages'],
      ['GET', CONTROL.snapshot],
      ['POST', CONTROL.drain],
      ['PATCH', CONTROL.settings],
    ] as const) {
      const request = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${origin}\r\nAuthorization: Bearer ${token}\r\nContent-Length: 2\r\n\r\n{}`;
      const back = (await rawClient(relay.port, request, { until: 'close' })).toString();
      expect(back).toMatch(/^HTTP\/1\.1 403 /);
      expect(back.toLowerCase()).not.toContain('access-control-allow');
    }
    expect(mock.requests).toHaveLength(0);
    expect((await relay.snapshot()).relay.draining).toBe(false);
  });
});

describe('another user of the machine', () => {
  test('finds the port on loopback only', async () => {
    const relay = await stage.start();
    const outside = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside) {
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connect({ host: address, port: relay.port });
        socket.once('connect', () => (socket.destroy(), resolve(true)));
        socket.once('error', () => resolve(false));
      });
      expect([address, reached]).toEqual([address, false]);
    }
  });

  test.skipIf(process.platform === 'win32')('cannot read what the relay keeps', async () => {
    const mock = await stage.mock();
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    await fetch(`${relay.url}/zai/api/anthropic/v1/messages`, { method: 'POST', body: '{}' });
    await relay.until(({ exchanges, ledger }) => exchanges === 1 && ledger.state === 'ok');
    const { endpoint, settings, ledger: database, log, salt } = homePaths(stage.home);
    await relay.control(CONTROL.settings, { method: 'PATCH', body: { retentionDays: 30 } });
    expect((statSync(stage.home).mode & 0o777).toString(8)).toBe('700');
    for (const path of [endpoint, settings, database, log, salt]) {
      expect([path, (statSync(path).mode & 0o077).toString(8)]).toEqual([path, '0']);
    }
  });

  test('reads nothing and changes nothing without the whole token', async () => {
    const relay = await stage.start();
    const { token } = relay.endpoint();
    const wrong = [
      '',
      token.slice(0, -1),
      `${token}x`,
      token.toLowerCase(),
      'x'.repeat(token.length),
      `\xff${token.slice(1)}`,
    ];
    for (const given of [undefined, ...wrong]) {
      for (const path of Object.values(CONTROL)) {
        const method = path === CONTROL.settings ? 'PATCH' : 'POST';
        const field = given === undefined ? '' : `Authorization: Bearer ${given}\r\n`;
        const request = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${field}Content-Length: 2\r\n\r\n{}`;
        const back = (await rawClient(relay.port, request, { until: 'close' })).toString();
        expect([given, path, back.slice(0, 12)]).toEqual([given, path, 'HTTP/1.1 401']);
      }
    }
  });
});

const NO_PATHS = [
  '/../zai/x',
  '/%2e%2e/zai/x',
  '//zai/x',
  '/zai%2fx',
  '/ZAI/x',
  '/__proto__/x',
  '/constructor/x',
  '/toString/x',
  '/zai\\x',
  '/@../zai/x',
  '/~/zai/x',
  '/_planward',
  '/_planward/v1/../v1/snapshot',
  '/_planward/v1/snapshot/',
  '/_planward/v1//snapshot',
];

test('a path that climbs, is encoded or names what every object has leads to no provider and no route', async () => {
  const mock = await stage.mock();
  const relay = await stage.start({ upstreams: { zai: mock.url } });
  for (const path of NO_PATHS) {
    const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
    const back = (await rawClient(relay.port, request, { until: 'close' })).toString();
    expect([path, back.slice(0, 12)]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 40[0-4]/)]);
  }
  expect(mock.requests).toHaveLength(0);
});

test('what comes from outside stays on one line of the log and on one field of our answers', async () => {
  const relay = await stage.start({ upstreams: { zai: 'http://127.0.0.1:1' } });
  const nasty = '/@a-b/nobody%0d%0aX-Injected:%201/\u001b[31m';
  const request = `GET ${nasty} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Agent: \x1b]0;owned\x07\r\n\r\n`;
  const back = (await rawClient(relay.port, Buffer.from(request), { until: 'close' })).toString();
  expect(back.split('\r\n\r\n')[0]).not.toMatch(/X-Injected/);
  await fetch(`${relay.url}/zai/v1/%0a%1b[31m`, { headers: { 'user-agent': 'evil %0a' } });
  expect(relay.out() + relay.err()).not.toContain('\u001b');
  const log = readFileSync(homePaths(stage.home).log, 'utf8');
  // oxlint-disable-next-line no-control-regex -- that none is there is the point
  expect(log).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
});
