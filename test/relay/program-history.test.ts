import { expect, test } from 'vitest';
import type { History } from '../../src/core/history.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { readHistory } from '../../src/protocol/history.ts';
import { rawClient } from '../support/raw-client.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { useProgram, type Program } from './program.ts';

const HOUR = 3_600_000;
const stage = useProgram();

const answer = (status: string, body: object) => {
  const text = JSON.stringify(body);
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};
const DONE = answer('200 OK', {
  id: '1',
  model: 'glm-5.3',
  choices: [{ finish_reason: 'stop', message: {} }],
  usage: { prompt_tokens: 5000, completion_tokens: 100, total_tokens: 5100 },
});
const REFUSED = answer('429 Too Many Requests', { error: { code: '1302', message: 'no' } });

async function start(): Promise<Program> {
  const upstream = await startRawUpstream([DONE, REFUSED, DONE]);
  stage.onEnd(() => upstream.close());
  const relay = await stage.start({ upstreams: { zai: upstream.url } });
  for (let n = 0; n < 3; n++) {
    const body = JSON.stringify({ model: 'glm-5.3', messages: [{ role: 'user', content: 'a secret plan' }] });
    await rawClient(
      relay.port,
      `POST /@cline/zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key.secret\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      { timeoutMs: 20_000 },
    );
  }
  await relay.until(({ exchanges, inFlight }) => exchanges === 3 && inFlight === 0);
  return relay;
}

const asked = (over: Readonly<Record<string, string | number>> = {}) => {
  const query = { from: Date.now() - 5 * HOUR, to: Date.now() + 1000, bucket: '5m', zone: 'Asia/Shanghai', ...over };
  return `${CONTROL.history}?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
};

async function history(relay: Program, over: Readonly<Record<string, string | number>> = {}): Promise<History> {
  const { status, json } = await relay.control(asked(over));
  expect([status, json]).toEqual([200, expect.anything()]);
  const read = readHistory(JSON.stringify(json));
  if (read === undefined) throw new Error(`no history: ${JSON.stringify(json)}`);
  return read;
}

test('a history says who burned what, what was refused and what it would cost, in every width', async () => {
  const relay = await start();
  const spans = { '5m': 5, '15m': 24, '1h': 7 * 24, '6h': 30 * 24, '1d': 365 * 24 };
  for (const [bucket, hours] of Object.entries(spans)) {
    const told = await history(relay, { bucket, from: Date.now() - hours * HOUR });
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(told.burn.agent.map(({ name, tokens, requests }) => [name, sum(tokens), sum(requests)])).toEqual([
      ['Cline', 10_200, 2],
    ]);
    expect(told.burn.model.map(({ id }) => id)).toEqual(['glm-5.3']);
    expect(told.failures).toMatchObject([{ code: '1302', count: 1, policy: false }]);
    expect(sum(told.week.requests)).toBe(2);
    expect(told.burn.agent[0]?.tokens).toHaveLength(told.starts.length);
    expect(sum(told.cost.usdMicros)).toBe(told.cost.totalUsdMicros);
    expect(told.cost.totalUsdMicros).toBeGreaterThan(0);
    expect(JSON.stringify(told)).not.toContain('secret');
  }
});

test.each([
  [{ bucket: '5m', from: 0 }, 400, 'bad-span'],
  [{ bucket: '1m' }, 400, 'bad-span'],
  [{ to: 1 }, 400, 'bad-span'],
  [{ zone: 'Mars/Olympus' }, 400, 'bad-span'],
  [{ accountKey: 'nobody' }, 404, 'unknown-account'],
] as const)('%j is refused', async (over, status, code) => {
  const relay = await start();
  expect(await relay.control(asked(over))).toMatchObject({ status, json: { error: { code } } });
});
