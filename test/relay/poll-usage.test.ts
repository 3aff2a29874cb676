import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { zai } from '../../src/providers/zai.ts';
import { createUsagePoller, type UsagePoller } from '../../src/relay/poll-usage.ts';
import { upstreamTable } from '../../src/relay/upstreams.ts';
import { startMockProvider, type MockProvider } from '../support/mock-provider.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';

const PATH = '/api/anthropic/v1/messages';
const MINUTE_MS = 60_000;
let now: number;
let poller: UsagePoller | undefined;
let mock: MockProvider;
const seen = { answers: 0 };

beforeEach(async () => {
  now = 1_000_000;
  seen.answers = 0;
  mock = await startMockProvider();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  poller?.close();
  await mock.close();
});

function start(origin: string): UsagePoller {
  const upstream = upstreamTable([zai], { zai: origin }).get('zai');
  poller = createUsagePoller({
    now: () => now,
    random: () => 0,
    version: '1.2.3',
    upstream: () => upstream,
    allowed: () => true,
    onReading: () => {},
    onChange: () => (seen.answers += 1),
  });
  return poller;
}

/** Lets the clock run, then waits for an answer that was asked for meanwhile. */
async function pass(ms: number, expected: number): Promise<void> {
  now += ms;
  vi.advanceTimersByTime(ms);
  const giveUpAt = performance.now() + 3000;
  const isLate = () => performance.now() > giveUpAt;
  while (seen.answers < expected && !isLate()) await new Promise((resolve) => setImmediate(resolve));
  expect(seen.answers).toBe(expected);
}

const asked = () => mock.requests.map(({ credential }) => credential);

test('busy traffic does not make the polls more frequent than the interval of two minutes', async () => {
  const polls = start(mock.url);
  polls.seen('zai', 'a', 'key', PATH);
  await pass(2000, 1);
  for (let n = 0; n < 119; n++) {
    polls.seen('zai', 'a', 'key', PATH);
    await pass(1000, 1);
  }
  await pass(1000, 2);
  expect(asked()).toEqual(['key', 'key']);
});

test('an account whose first answer is still to come is waited for, not well', async () => {
  const polls = start(mock.url);
  expect(polls.state('zai', 'a').state).toBe('off');
  polls.seen('zai', 'a', 'key', PATH);
  expect(polls.state('zai', 'a')).toMatchObject({ state: 'waiting', nextAt: now + 2000 });
  now += 2000;
  vi.advanceTimersByTime(2000);
  expect(polls.state('zai', 'a').state).toBe('waiting');
  await pass(0, 1);
  expect(polls.state('zai', 'a').state).toBe('ok');
});

test('an account that was asked about before this start waits for its interval, not only for two seconds', async () => {
  const polls = start(mock.url);
  polls.seen('zai', 'seen-first', 'one', PATH);
  polls.remember('zai', 'seen-first', now - MINUTE_MS);
  polls.remember('zai', 'remembered-first', now - MINUTE_MS);
  polls.seen('zai', 'remembered-first', 'two', PATH);
  polls.seen('zai', 'new', 'three', PATH);
  await pass(2000, 1);
  expect(asked()).toEqual(['three']);
  expect(polls.state('zai', 'seen-first')).toMatchObject({ state: 'ok', lastAt: 1_000_000 - MINUTE_MS });
  await pass(MINUTE_MS - 2000, 3);
  expect(new Set(asked())).toEqual(new Set(['one', 'two', 'three']));
});

test('a refused key is left in peace until the account comes with another one', async () => {
  const body = '{"code":401,"msg":"token expired or incorrect","success":false}';
  const upstream = await startRawUpstream([
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  ]);
  try {
    const polls = start(upstream.url);
    polls.seen('zai', 'a', 'old', PATH);
    await pass(2000, 1);
    expect(polls.state('zai', 'a').state).toBe('paused');
    const before = upstream.connections.length;
    polls.seen('zai', 'a', 'old', PATH);
    await pass(24 * 60 * MINUTE_MS, 1);
    expect(upstream.connections.length).toBe(before);
    polls.seen('zai', 'a', 'new', PATH);
    await pass(1, 2);
    expect(upstream.received().at(-1)!.toString()).toContain('new');
  } finally {
    await upstream.close();
  }
});

describe('an account without a plan', () => {
  const NO_PLAN = '{"code":500,"msg":"当前用户不存在coding plan","success":false}';
  const answer = Buffer.from(
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(NO_PLAN)}\r\n\r\n${NO_PLAN}`,
  );

  test('is left in peace for a day, then asked once more', async () => {
    const upstream = await startRawUpstream([answer, answer]);
    try {
      const polls = start(upstream.url);
      polls.seen('zai', 'a', 'key', PATH);
      await pass(2000, 1);
      expect(polls.state('zai', 'a').state).toBe('paused');
      polls.seen('zai', 'a', 'key', PATH);
      await pass(23 * 60 * MINUTE_MS, 1);
      polls.seen('zai', 'a', 'key', PATH);
      await pass(60 * MINUTE_MS, 2);
      expect(polls.state('zai', 'a').reason).toContain('coding plan');
    } finally {
      await upstream.close();
    }
  });

  test('is asked again soon once the user tells its plan, or another key comes', async () => {
    const upstream = await startRawUpstream([answer, answer, answer]);
    try {
      const polls = start(upstream.url);
      polls.seen('zai', 'a', 'key', PATH);
      await pass(2000, 1);
      await pass(1000, 1);
      polls.seen('zai', 'a', 'key', PATH);
      polls.reconsider(['kimi']);
      expect(polls.state('zai', 'a').state).toBe('paused');
      polls.reconsider(['zai']);
      await pass(2 * MINUTE_MS - 1000, 2);
      await pass(1000, 2);
      polls.seen('zai', 'a', 'another', PATH);
      await pass(2 * MINUTE_MS - 1000, 3);
      expect(upstream.received().at(-1)!.toString()).toContain('another');
    } finally {
      await upstream.close();
    }
  });
});

test('two accounts that are one are asked about once, with the newer key', async () => {
  const polls = start(mock.url);
  polls.seen('zai', 'a', 'old key', PATH);
  await pass(2000, 1);
  await pass(1000, 1);
  polls.seen('zai', 'b', 'new key', PATH);
  polls.fold('zai', 'b', 'a');
  await pass(2 * MINUTE_MS - 1000, 2);
  expect(asked()).toEqual(['old key', 'new key']);
  expect(polls.state('zai', 'b').state).toBe('off');
  polls.fold('zai', 'a', 'c');
  expect(polls.state('zai', 'a').state).toBe('off');
  expect(polls.state('zai', 'c').state).toBe('ok');
});
