import { existsSync } from 'node:fs';
import net from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { CONTROL } from '../../src/protocol/control.ts';
import { open } from '../support/raw-client.ts';
import { useProgram, type Program } from './program.ts';
import { chat } from './traffic.ts';

const stage = useProgram();
const HEALTH = 'GET /zai/api/anthropic/v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

/** Ids of the exchanges in the ledger of the test's home, with their outcome. */
function outcomes(): readonly string[] {
  const db = new DatabaseSync(`${stage.home}/ledger.db`, { readOnly: true });
  try {
    return db
      .prepare('SELECT outcome FROM exchange ORDER BY id')
      .all()
      .map((row) => String(row['outcome']));
  } finally {
    db.close();
  }
}

describe.each(['SIGTERM', 'POST drain'])('%s while a stream runs', (how) => {
  const drain = (relay: Program) =>
    how === 'SIGTERM' ? relay.child.kill('SIGTERM') : relay.control(CONTROL.drain, { method: 'POST' });

  test('the stream ends whole, a new relay has the port meanwhile, and the old one takes nothing of it along', async () => {
    const mock = await stage.mock({ delivery: { dripMs: 250 } });
    const old = await stage.start({ upstreams: { zai: mock.url } });
    const stream = await chat(old.url, { stream: true });
    await drain(old);
    const next = await stage.start({ upstreams: { zai: mock.url }, port: old.port });
    expect(old.child.exitCode).toBe(null);
    expect(next.endpoint()).toMatchObject({ pid: next.child.pid, port: old.port });

    const own = await fetch(`${next.url}/zai/api/anthropic/v1/models`);
    expect(own.status).toBe(200);
    expect(await stream.text()).toContain('event: message_stop');
    expect(await old.exited).toBe(0);

    expect(next.endpoint().pid).toBe(next.child.pid);
    expect((await next.snapshot()).relay.pid).toBe(next.child.pid);
    expect(await next.stop()).toBe(0);
    expect(outcomes()).toEqual(['completed', 'completed']);
    expect(existsSync(`${stage.home}/endpoint.json`)).toBe(false);
  });
});

describe('drain', () => {
  test('connections that wait for their next request are ended, even where the other side does not end its own', async () => {
    const mock = await stage.mock();
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const polite = await open(relay.port);
    const deaf = net.connect({ port: relay.port, host: '127.0.0.1', allowHalfOpen: true });
    const half = await open(relay.port);
    deaf.on('error', () => {});
    half.on('error', () => {});
    for (const socket of [polite, deaf]) {
      socket.write(HEALTH);
      await new Promise((resolve) => socket.once('data', resolve));
      socket.resume();
    }
    half.write('POST /zai/api/anthropic/v1/messages HTTP/1.1\r\nHost: 127');
    await pause(50);
    const since = Date.now();
    expect(await relay.stop()).toBe(0);
    expect(Date.now() - since).toBeLessThan(7000);
    for (const socket of [polite, deaf, half]) socket.destroy();
  });

  test('a request that comes on an open connection during the drain is served, and is its last', async () => {
    const mock = await stage.mock({ delivery: { dripMs: 100 } });
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const socket = await open(relay.port);
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.write(HEALTH);
    await pause(200);
    expect(text).toMatch(/^HTTP\/1.1 200 /);
    expect(text).not.toMatch(/connection: close/i);
    relay.child.kill('SIGTERM');
    await pause(200);
    text = '';
    const ended = new Promise((resolve) => socket.once('end', resolve));
    socket.write(HEALTH);
    await ended;
    expect(text).toMatch(/^HTTP\/1.1 200 [^]*connection: close/i);
    expect(await relay.exited).toBe(0);
  });

  test('a second SIGTERM cuts what is under way, and the ledger still hears of it', async () => {
    const mock = await stage.mock({ delivery: { dripMs: 5000 } });
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const stream = await chat(relay.url, { stream: true });
    relay.child.kill('SIGTERM');
    await pause(200);
    relay.child.kill('SIGTERM');
    await expect(stream.text()).rejects.toThrow();
    expect(await relay.exited).toBe(0);
    expect(outcomes()).toEqual(['aborted']);
  });

  test('an exchange whose compressed body is still being read is in the ledger with its figures', async () => {
    const mock = await stage.mock({ delivery: { encoding: 'gzip' } });
    for (let round = 0; round < 3; round++) {
      const relay = await stage.start({ upstreams: { zai: mock.url } });
      const answer = chat(relay.url).then((response) => response.text());
      while (mock.turns.length <= round) await pause(1);
      relay.child.kill('SIGTERM');
      await answer;
      expect(await relay.exited).toBe(0);
    }
    const db = new DatabaseSync(`${stage.home}/ledger.db`, { readOnly: true });
    const rows = db.prepare('SELECT outcome, output_tokens FROM exchange ORDER BY id').all();
    db.close();
    expect(rows).toEqual(mock.turns.map(({ usage }) => ({ outcome: 'completed', output_tokens: usage.outputTokens })));
  });
});

describe('an unused relay', () => {
  const IDLE = { PLANWARD_IDLE_MS: '400' };

  test('ends by itself, cleanly, and takes its endpoint file along', async () => {
    const relay = await stage.start({ env: IDLE });
    expect(await relay.exited).toBe(0);
    expect(existsSync(`${stage.home}/endpoint.json`)).toBe(false);
  });

  test('stays while somebody listens, and for the idle time after', async () => {
    const relay = await stage.start({ env: { PLANWARD_IDLE_MS: '1000' } });
    const leave = new AbortController();
    const headers = { authorization: `Bearer ${relay.endpoint().token}` };
    await fetch(relay.url + CONTROL.events, { headers, signal: leave.signal });
    await pause(2500);
    leave.abort();
    await pause(150); // a window reloads
    expect((await fetch(`${relay.url}/_planward/health`)).status).toBe(200);
    expect(await relay.exited).toBe(0);
  });

  test('stays while an agent is routed here', async () => {
    const relay = await stage.start({ env: { PLANWARD_IDLE_MS: '1000' } });
    await relay.control(CONTROL.settings, { method: 'PATCH', body: { routedAgents: ['cline'] } });
    await pause(2500);
    expect(relay.child.exitCode).toBe(null);
    await relay.control(CONTROL.settings, { method: 'PATCH', body: { routedAgents: [] } });
    expect(await relay.exited).toBe(0);
  });

  test('stays while an exchange is under way, however long it says nothing', async () => {
    const mock = await stage.mock({ delivery: { firstByteMs: 2000 } });
    const relay = await stage.start({ env: IDLE, upstreams: { zai: mock.url } });
    const response = await chat(relay.url);
    expect(await response.text()).toContain('end_turn');
    expect(await relay.exited).toBe(0);
  });

  test('does not end at once where the idle time is no number', async () => {
    const relay = await stage.start({ env: { PLANWARD_IDLE_MS: 'never' } });
    await pause(300);
    expect(relay.child.exitCode).toBe(null);
  });
});
