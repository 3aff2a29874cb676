import { afterEach, expect, test } from 'vitest';
import { startDemoMock } from './demo.ts';
import { startMockProvider, type MockProvider } from './mock-provider.ts';
import { fail, say } from './mock-reply.ts';
import { startSimulator, type Simulator } from './simulator.ts';

let mock: MockProvider | undefined;
let simulator: Simulator | undefined;
afterEach(async () => {
  await simulator?.stop();
  await mock?.close();
});

async function until(condition: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 8000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error('waited 8 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('two agents hold sessions of several turns in their own dialects', async () => {
  mock = await startDemoMock(200);
  simulator = startSimulator({ relayUrl: mock.url, speed: 200 });
  await until(() => simulator!.requests >= 10);
  const dialects = new Set(mock.requests.map(({ dialect }) => dialect));
  expect(dialects).toEqual(new Set(['anthropic-messages', 'openai-chat']));
  expect(Math.max(...mock.requests.map(({ toolResults }) => toolResults))).toBe(3);
  expect(simulator.failures).toBe(0);
  expect(mock.requests[0]!.body.length).toBeGreaterThan(30_000);
  expect(mock.requests[0]!.headers.map(([name]) => name).slice(0, 4)).toEqual([
    'Accept',
    'Authorization',
    'Content-Type',
    'User-Agent',
  ]);
});

test('a refused request is counted, waited out and asked again', async () => {
  mock = await startMockProvider({ script: () => say('Done.') });
  mock.setScript([fail('1302')]);
  const statuses: number[] = [];
  simulator = startSimulator({ relayUrl: mock.url, speed: 200, onRequest: ({ status }) => statuses.push(status) });
  await until(() => statuses.length >= 4);
  expect(statuses.filter((status) => status === 429).length).toBe(1);
  expect(simulator.failures).toBe(1);
});

test('no traffic comes after stop, and a relay that is down does not throw', async () => {
  mock = await startMockProvider();
  simulator = startSimulator({ relayUrl: mock.url, speed: 200 });
  await until(() => simulator!.requests > 0);
  await mock.close();
  await until(() => simulator!.failures > 0);
  await simulator.stop();
  const after = simulator.requests;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(simulator.requests).toBe(after);
});

test('a signal ends the traffic as stop does', async () => {
  mock = await startMockProvider();
  const leaving = new AbortController();
  simulator = startSimulator({ relayUrl: mock.url, speed: 200, signal: leaving.signal });
  await until(() => simulator!.requests > 0);
  leaving.abort();
  await simulator.stop();
  const after = simulator.requests;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(simulator.requests).toBe(after);
  // What was on its way when the signal came may still arrive: one request of each of the two agents.
  expect(mock.requests.length).toBeLessThanOrEqual(after + 2);
});
