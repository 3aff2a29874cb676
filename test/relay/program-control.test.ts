import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { relaySettingsSchema } from '../../src/protocol/relay-settings.ts';
import { readSnapshot } from '../../src/protocol/snapshot.ts';
import { rawClient } from '../support/raw-client.ts';
import { useProgram, type Program } from './program.ts';
import { noModes } from './scratch-home.ts';
import { chat } from './traffic.ts';

const stage = useProgram();

describe('who may ask what', () => {
  test('health is told to any program of this machine, by all names of its loopback', async () => {
    const { port, child } = await stage.start();
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      const response = await fetch(`http://${host}:${port}/_planward/health`);
      expect(await response.json()).toMatchObject({
        name: 'planward',
        version: '1.2.3',
        pid: child.pid,
        draining: false,
      });
    }
  });

  test('the control API needs the token of the endpoint file', async () => {
    const relay = await stage.start();
    expect((await relay.control(CONTROL.snapshot)).status).toBe(200);
    const { token } = relay.endpoint();
    expect(token.length).toBeGreaterThanOrEqual(32);
    for (const [path, method] of [
      [CONTROL.snapshot, 'GET'],
      [CONTROL.events, 'GET'],
      [CONTROL.settings, 'GET'],
      [CONTROL.settings, 'PATCH'],
      [CONTROL.drain, 'POST'],
      ['/_planward/v1/nothing', 'GET'],
    ] as const) {
      for (const authorization of [
        undefined,
        'Bearer',
        `Bearer ${token}x`,
        `Bearer ${'a'.repeat(token.length)}`,
        token,
      ]) {
        const headers = authorization === undefined ? {} : { authorization };
        const response = await fetch(relay.url + path, { method, headers });
        expect([path, authorization, response.status]).toEqual([path, authorization, 401]);
        expect(await response.text()).not.toContain(token);
      }
    }
    expect((await relay.control('/_planward/v1/nothing')).status).toBe(404);
  });

  test('a foreign Host and any Origin are refused on both planes, token or not', async () => {
    const mock = await stage.mock();
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const token = `Authorization: Bearer ${relay.endpoint().token}\r\n`;
    for (const path of ['/_planward/health', CONTROL.snapshot, '/zai/api/anthropic/v1/models']) {
      for (const fields of [
        'Host: evil.example\r\n',
        `Host: 127.0.0.1.evil.example:${relay.port}\r\n`,
        `Host: 127.0.0.1:${relay.port}\r\nOrigin: https://evil.example\r\n`,
        `Host: 127.0.0.1:${relay.port}\r\nOrigin: null\r\n`,
      ]) {
        const answer = await rawClient(relay.port, `GET ${path} HTTP/1.1\r\n${fields}${token}\r\n`);
        expect([path, fields, answer.toString().split('\r\n')[0]]).toEqual([path, fields, 'HTTP/1.1 403 Forbidden']);
      }
    }
    expect(mock.requests).toEqual([]);
  });

  test.skipIf(noModes)('home and endpoint file are private to the user', async () => {
    await stage.start();
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(mode(stage.home)).toBe('700');
    expect(mode(`${stage.home}/endpoint.json`)).toBe('600');
  });
});

describe('subscriptions', () => {
  test('a snapshot comes at once, and again within a second of an exchange', async () => {
    const mock = await stage.mock();
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const events = await subscribe(relay);
    expect((await events.next(1000)).exchanges).toBe(0);
    await (await chat(relay.url)).text();
    const until = Date.now() + 1000;
    let last = await events.next(1000);
    while (last.exchanges === 0 && Date.now() < until) last = await events.next(until - Date.now());
    expect(last).toMatchObject({ exchanges: 1, inFlight: 0, recent: [{ outcome: 'completed', status: 200 }] });
    events.close();
  });

  test('a subscriber hears that the relay drains and is let go at once, so that it can look for the next one', async () => {
    const mock = await stage.mock({ delivery: { dripMs: 300 } });
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const stream = await chat(relay.url, { stream: true });
    const events = await subscribe(relay);
    expect((await events.next(1000)).relay.draining).toBe(false);
    await relay.control(CONTROL.drain, { method: 'POST' });
    let last = await events.next(1000);
    while (!last.relay.draining) last = await events.next(1000);
    await events.ended(1000);
    expect(relay.child.exitCode).toBe(null);
    expect(await stream.text()).toContain('message_stop');
    expect(await relay.exited).toBe(0);
  });
});

describe('settings', () => {
  test('a patch replaces the keys it names and is kept over a restart', async () => {
    const first = await stage.start();
    const patched = await first.control(CONTROL.settings, {
      method: 'PATCH',
      body: { routedAgents: ['cline'], pollUsage: { zai: false } },
    });
    expect(patched).toMatchObject({
      status: 200,
      json: { routedAgents: ['cline'], pollUsage: { zai: false }, retentionDays: 400 },
    });
    await first.control(CONTROL.settings, { method: 'PATCH', body: { retentionDays: 30 } });
    expect(await first.stop()).toBe(0);
    const second = await stage.start();
    expect((await second.control(CONTROL.settings)).json).toEqual({
      ...relaySettingsSchema.parse({}),
      pollUsage: { zai: false },
      routedAgents: ['cline'],
      retentionDays: 30,
    });
  });

  test('an invalid patch says what is wrong and changes nothing', async () => {
    const relay = await stage.start();
    const before = (await relay.control(CONTROL.settings)).json;
    for (const [body, word] of [
      [{ retentionDays: 0, routedAgents: ['cline'] }, 'retentionDays'],
      [{ upstreams: { zai: 'ftp://x' } }, 'upstreams'],
      [{ pollUsage: 'no' }, 'pollUsage'],
      [[], 'object'],
    ] as const) {
      const { status, json } = await relay.control(CONTROL.settings, { method: 'PATCH', body });
      expect(status).toBe(400);
      expect(json).toMatchObject({ error: { code: 'bad-settings', message: expect.stringContaining(word) } });
    }
    const response = await fetch(relay.url + CONTROL.settings, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${relay.endpoint().token}` },
      body: 'retentionDays=3',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('JSON') } });
    expect((await relay.control(CONTROL.settings)).json).toEqual(before);
  });

  test('an upstream set by a patch holds for the next request, a flag wins over it', async () => {
    const [mine, other] = [await stage.mock(), await stage.mock()];
    const relay = await stage.start({ upstreams: { bigmodel: mine.url } });
    const upstreams = { zai: other.url, bigmodel: other.url };
    await relay.control(CONTROL.settings, { method: 'PATCH', body: { upstreams } });
    await (await fetch(`${relay.url}/zai/api/anthropic/v1/models`)).text();
    await (await fetch(`${relay.url}/bigmodel/api/anthropic/v1/models`)).text();
    expect([mine.requests.length, other.requests.length]).toEqual([1, 1]);
  });
});

/** Snapshots as they come over SSE. */
async function subscribe(relay: Program) {
  const leave = new AbortController();
  const response = await fetch(relay.url + CONTROL.events, {
    headers: { authorization: `Bearer ${relay.endpoint().token}` },
    signal: leave.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body!.getReader();
  const text = new TextDecoder();
  let waiting = '';
  async function read(timeoutMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`nothing came in ${timeoutMs} ms`)), timeoutMs);
    });
    const { done, value } = await Promise.race([reader.read(), late]).finally(() => clearTimeout(timer));
    waiting += text.decode(value, { stream: true });
    return !done;
  }
  return {
    async next(timeoutMs: number): Promise<Snapshot> {
      for (;;) {
        const event = /^event: snapshot\ndata: (.*)\n\n/m.exec(waiting);
        if (event !== null) {
          waiting = waiting.slice(event.index + event[0].length);
          const snapshot = readSnapshot(event[1]!);
          expect(snapshot).toBeDefined();
          return snapshot!;
        }
        if (!(await read(timeoutMs))) throw new Error('the subscription ended');
      }
    },
    async ended(timeoutMs: number): Promise<void> {
      while (await read(timeoutMs));
    },
    close: () => leave.abort(),
  };
}
