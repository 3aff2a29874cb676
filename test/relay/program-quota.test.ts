import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { MockProvider } from '../support/mock-provider.ts';
import { filesOf, useProgram } from './program.ts';
import { chat, ZAI_KEY } from './traffic.ts';

const stage = useProgram();
const polls = (mock: MockProvider) => mock.requests.filter(({ kind }) => kind === 'quota');

test('the usage endpoint is asked once, 2 s after the first traffic, with the key of that traffic', async () => {
  const mock = await stage.mock({ creditsBefore: 6000 });
  const relay = await stage.start({ upstreams: { zai: mock.url } });
  const firstAt = Date.now();
  await (await chat(relay.url)).text();
  expect(polls(mock)).toEqual([]);
  const before = await relay.until(({ accounts }) => accounts[0]?.poll.state === 'waiting');
  expect(before.accounts[0]!.windows.map(({ usedFraction }) => usedFraction)).not.toContain(0);

  const { accounts, at } = await relay.until((snapshot) => snapshot.accounts[0]?.poll.state === 'ok');
  const [account] = accounts;
  expect(account).toMatchObject({ providerId: 'zai', planName: expect.stringContaining('Pro') });
  expect(account!.windows.map(({ windowMs }) => windowMs)).toEqual([5 * 3_600_000, 7 * 86_400_000]);
  for (const window of account!.windows) {
    expect(window).toMatchObject({ source: 'usage-api', unit: 'credits', seenAt: expect.any(Number) });
    expect(window.seenAt! - firstAt).toBeGreaterThanOrEqual(1900);
    expect(at - window.seenAt!).toBeLessThan(5000);
  }
  expect(account!.windows[0]!.usedFraction).toBeCloseTo(0.5, 1);

  for (let n = 0; n < 5; n++) await (await chat(relay.url)).text();
  await pause(2500);
  expect(polls(mock).map(({ credential }) => credential)).toEqual([ZAI_KEY]);
  const { poll } = (await relay.snapshot()).accounts[0]!;
  expect(poll.nextAt! - poll.lastAt!).toBeGreaterThanOrEqual(120_000);
  for (const [name, bytes] of filesOf(stage.home)) expect([name, bytes.includes(ZAI_KEY)]).toEqual([name, false]);
});

test('a usage endpoint that may not be asked is never asked, and one switched off meanwhile is left in peace', async () => {
  const mock = await stage.mock();
  const relay = await stage.start({ upstreams: { zai: mock.url, bigmodel: mock.url } });
  await relay.control('/_planward/v1/settings', { method: 'PATCH', body: { pollUsage: { zai: false } } });
  await (await chat(relay.url)).text();
  await (await fetch(`${relay.url}/bigmodel/api/anthropic/v1/models`, { headers: { 'x-api-key': 'other' } })).text();
  await relay.control('/_planward/v1/settings', {
    method: 'PATCH',
    body: { pollUsage: { zai: false, bigmodel: false } },
  });
  await pause(3000);
  expect(polls(mock)).toEqual([]);
  const { accounts } = await relay.snapshot();
  expect(accounts.map(({ poll }) => poll.state)).toEqual(['off', 'off']);

  await relay.control('/_planward/v1/settings', { method: 'PATCH', body: { pollUsage: {} } });
  await relay.until((snapshot) => snapshot.accounts.every(({ poll }) => poll.state === 'ok'));
  expect(polls(mock)).toHaveLength(2);
});

test('an endpoint that answers nonsense is asked later, and no window claims to be empty', async () => {
  const mock = await stage.mock({ quota: 'html' });
  const relay = await stage.start({ upstreams: { zai: mock.url } });
  await (await chat(relay.url)).text();
  const { accounts } = await relay.until((snapshot) => snapshot.accounts[0]?.poll.state === 'backing-off');
  const { poll, windows } = accounts[0]!;
  expect(poll.reason).toMatch(/\w/);
  expect(poll.nextAt! - poll.lastAt!).toBeGreaterThanOrEqual(240_000);
  for (const { usedFraction, source } of windows) expect([usedFraction, source]).not.toEqual([0, 'usage-api']);
});

test('a relay that is started again within two minutes does not ask again', async () => {
  const mock = await stage.mock();
  const first = await stage.start({ upstreams: { zai: mock.url } });
  await (await chat(first.url)).text();
  const before = await first.until(({ accounts }) => accounts[0]?.poll.state === 'ok');
  await first.stop();
  const second = await stage.start({ upstreams: { zai: mock.url } });
  await (await chat(second.url)).text();
  await pause(2600);
  expect(polls(mock)).toHaveLength(1);
  const { windows, poll } = (await second.snapshot()).accounts[0]!;
  expect(windows.map(({ seenAt }) => seenAt)).toEqual(before.accounts[0]!.windows.map(({ seenAt }) => seenAt));
  expect(poll.nextAt! - before.accounts[0]!.poll.lastAt!).toBeGreaterThanOrEqual(120_000);
});
