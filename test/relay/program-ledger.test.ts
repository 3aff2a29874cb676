import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { say } from '../support/mock-reply.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { filesOf, useProgram } from './program.ts';
import { bodyOf, chat, ZAI_KEY } from './traffic.ts';

const stage = useProgram();

function rows(sql: string): readonly Record<string, unknown>[] {
  const db = new DatabaseSync(`${stage.home}/ledger.db`, { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

describe('exchanges', () => {
  test('streams and whole answers of both dialects are in the ledger with the figures of the provider', async () => {
    const mock = await stage.mock({ script: () => say('A sentence of some length, to be counted in tokens.') });
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    for (const dialect of ['anthropic', 'openai'] as const) {
      for (const stream of [true, false]) await (await chat(relay.url, { dialect, stream })).text();
    }
    const snapshot = await relay.until(({ exchanges, inFlight }) => exchanges === 4 && inFlight === 0);
    expect(snapshot.recent.map(({ usage }) => usage?.inputTokens)).toEqual(
      mock.turns.map(({ usage }) => usage.inputTokens).toReversed(),
    );
    expect(await relay.stop()).toBe(0);
    const found =
      rows(`SELECT dialect, IFNULL(streamed, 0) AS streamed, outcome, status, model_served, input_tokens, cache_read_tokens,
      cache_write_tokens, output_tokens, reasoning_tokens, exactness FROM exchange ORDER BY id`);
    expect(found).toEqual(
      mock.turns.map(({ request, usage }) => ({
        dialect: request.dialect,
        streamed: Number(request.streamed),
        outcome: 'completed',
        status: 200,
        model_served: 'glm-4.7',
        input_tokens: usage.inputTokens,
        cache_read_tokens: usage.cacheReadTokens,
        cache_write_tokens: usage.cacheWriteTokens,
        output_tokens: usage.outputTokens,
        reasoning_tokens: usage.reasoningTokens,
        exactness: 'reported',
      })),
    );
  });

  test('a body that is no JSON is forwarded as it is and recorded as unread', async () => {
    const mock = await stage.mock();
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const body = '{"model": "glm-4.7", "messages": [';
    await (await fetch(`${relay.url}/zai/api/anthropic/v1/messages`, { method: 'POST', body })).text();
    expect(mock.requests.map((request) => request.body.toString())).toEqual([body]);
    await relay.stop();
    expect(rows('SELECT request_reading FROM exchange')).toEqual([{ request_reading: 'unread' }]);
  });

  test('what was seen is still known after a restart', async () => {
    const mock = await stage.mock();
    const first = await stage.start({ upstreams: { zai: mock.url } });
    await (await chat(first.url)).text();
    const before = await first.until(({ accounts }) => accounts[0]?.poll.state === 'ok');
    await first.stop();
    const second = await stage.start({ upstreams: { zai: mock.url } });
    const after = await second.until(({ ledger, exchanges }) => ledger.state === 'ok' && exchanges > 0);
    expect(after.recent).toEqual(before.recent);
    expect(after.accounts.map(({ accountKey }) => accountKey)).toEqual([before.accounts[0]!.accountKey]);
    expect(after.accounts[0]!.windows.map(({ used, source }) => [used, source])).toEqual(
      before.accounts[0]!.windows.map(({ used, source }) => [used, source]),
    );
  });

  test('an account whose requests were all refused is still known after a restart', async () => {
    const body = '{"error":{"code":"1113","message":"Insufficient balance"}}';
    const upstream = await startRawUpstream([
      `HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ]);
    stage.onEnd(() => upstream.close());
    const first = await stage.start({ upstreams: { zai: upstream.url } });
    await first.control('/_planward/v1/settings', { method: 'PATCH', body: { pollUsage: { zai: false } } });
    await (await chat(first.url)).text();
    const before = await first.until(({ exchanges, inFlight }) => exchanges === 1 && inFlight === 0);
    await first.stop();
    const second = await stage.start({ upstreams: { zai: upstream.url } });
    const after = await second.until(({ exchanges }) => exchanges === 1);
    expect(after.accounts).toMatchObject([
      { accountKey: before.accounts[0]!.accountKey, lastSeenAt: before.accounts[0]!.lastSeenAt },
    ]);
  });

  test('the log of the database is moved into its file when the relay ends', async () => {
    const mock = await stage.mock();
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    await (await chat(relay.url)).text();
    await relay.stop();
    expect(readdirSync(stage.home).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
    expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });
});

describe('privacy', () => {
  test('neither keys nor prompts nor answers are in any file of the home, while the relay runs and after', async () => {
    const canaries = {
      key: ZAI_KEY,
      header: 'canary-header-7d1f',
      query: 'canary-query-88aa',
      prompt: 'canary-prompt-31c0',
      answer: 'canary-answer-e94b',
    };
    const mock = await stage.mock({ script: () => say(canaries.answer) });
    const relay = await stage.start({ upstreams: { zai: mock.url } });
    const asked = {
      text: canaries.prompt,
      query: `?note=${canaries.query}`,
      headers: { 'x-note': canaries.header, cookie: canaries.header },
    };
    for (const dialect of ['anthropic', 'openai'] as const) {
      for (const stream of [true, false]) await (await chat(relay.url, { dialect, stream, ...asked })).text();
    }
    await fetch(`${relay.url}/nobody/${canaries.query}`);
    await fetch(`${relay.url}/zai/api/anthropic/v1/whatever?q=${canaries.query}`, {
      method: 'POST',
      body: canaries.prompt,
      headers: { authorization: `Bearer ${ZAI_KEY}` },
    });
    const search = () =>
      [...filesOf(stage.home)].flatMap(([name, bytes]) =>
        Object.entries(canaries).flatMap(([what, canary]) => (bytes.includes(canary) ? [`${what} in ${name}`] : [])),
      );
    await relay.until(({ accounts, exchanges }) => exchanges === 5 && accounts[0]?.poll.state === 'ok');
    await pause(300);
    expect([...filesOf(stage.home).keys()]).toContain('ledger.db-wal');
    expect(search()).toEqual([]);
    expect(JSON.stringify(await relay.snapshot())).not.toContain('canary');
    expect(await relay.stop()).toBe(0);
    expect([...filesOf(stage.home).keys()]).toEqual(expect.arrayContaining(['ledger.db', 'relay.log']));
    expect(search()).toEqual([]);
    expect(relay.out() + relay.err()).not.toContain('canary');
  });

  test('a provider that repeats the key it refuses does not bring it into the ledger', async () => {
    const tail = 'x'.repeat(250);
    const bodies = [`wrong key: ${ZAI_KEY}.`, `${tail} wrong key: ${ZAI_KEY}, which is not known here at all`];
    const upstream = await startRawUpstream(
      bodies.map((message) => {
        const body = JSON.stringify({ error: { code: '1000', message } });
        return `HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      }),
    );
    stage.onEnd(() => upstream.close());
    const relay = await stage.start({ upstreams: { zai: upstream.url } });
    await (await chat(relay.url)).text();
    await (await chat(relay.url)).text();
    const { recent } = await relay.until(({ exchanges }) => exchanges === 2);
    expect(recent[1]!.error!.message).toBe('wrong key: [key].');
    expect(recent[0]!.error!.message).toContain('wrong key: ');
    expect(JSON.stringify(recent)).not.toContain(ZAI_KEY.slice(0, 12));
    await relay.stop();
    for (const [name, bytes] of filesOf(stage.home)) {
      expect([name, bytes.includes(ZAI_KEY.slice(0, 12))]).toEqual([name, false]);
    }
  });
});

describe('SIGKILL under load', () => {
  const ROUNDS = 12;
  const SETTLED_MS = 300;

  test('the ledger is whole, and holds every exchange that was over 300 ms before a report was given', async () => {
    const mock = await stage.mock();
    let port = 0;
    let length = 0;
    /** Lengths of the requests (no two alike) that were over for their agent long enough before a report, which has them all. */
    const settled: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const relay = await stage.start({ upstreams: { zai: mock.url }, port });
      port = relay.port;
      const seen = new Map<number, number>();
      const kill = new AbortController();
      const agents = Array.from({ length: 4 }, async (_, agent) => {
        while (!kill.signal.aborted) {
          const asked = { text: 'x'.repeat((length += 20)), stream: agent % 2 === 0 };
          try {
            await (await chat(relay.url, asked)).text();
            seen.set(bodyOf(asked).length, Date.now());
          } catch {
            return;
          }
        }
      });
      await relay.until(({ ledger, exchanges }) => ledger.state === 'ok' && exchanges > 0, 20_000);
      await pause(SETTLED_MS + Math.random() * 300);
      const askedAt = Date.now();
      expect(await relay.control(`${CONTROL.report}?since=0`)).toMatchObject({ status: 200 });
      await pause(Math.random() * 100);
      kill.abort();
      relay.child.kill('SIGKILL');
      await Promise.all([...agents, relay.exited]);
      for (const [bytes, at] of seen) if (at <= askedAt - SETTLED_MS) settled.push(bytes);
    }
    expect(settled.length).toBeGreaterThan(ROUNDS);
    const last = await stage.start({ upstreams: { zai: mock.url }, port });
    const { notices } = await last.until(({ ledger, exchanges }) => ledger.state === 'ok' && exchanges > 0, 20_000);
    expect(notices).toEqual([]);
    expect(await last.stop()).toBe(0);
    expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    const sizes = rows('SELECT request_bytes FROM exchange').map((row) => Number(row['request_bytes']));
    const kept = new Set(sizes);
    expect(settled.filter((bytes) => !kept.has(bytes))).toEqual([]);
    expect(rows('SELECT SUM(exchanges) AS n FROM burn')[0]!['n']).toBe(sizes.length);
    expect(rows(`SELECT value FROM meta WHERE key = 'exchanges'`)[0]!['value']).toBe(sizes.length);
  }, 90_000);
});
