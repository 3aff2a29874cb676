import { expect, test } from 'vitest';
import { startRawUpstream } from '../support/raw-upstream.ts';
import { useProgram, type Program } from './program.ts';

const stage = useProgram();
const UUID = '0b5c2d1e-1111-4222-8333-944455566677';
const ANSWER = JSON.stringify({
  type: 'message',
  model: 'claude-sonnet-4-5',
  usage: { input_tokens: 100, output_tokens: 20 },
  stop_reason: 'end_turn',
});
const REPLY = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${ANSWER.length}\r\nanthropic-ratelimit-unified-5h-utilization: 0.25\r\nanthropic-ratelimit-unified-5h-reset: ${Math.floor(Date.now() / 1000) + 9000}\r\n\r\n${ANSWER}`;

async function ask(relay: Program, token: string, session: string): Promise<void> {
  const user_id = JSON.stringify({ device_id: 'd', account_uuid: UUID, session_id: session });
  const response = await fetch(`${relay.url}/@claude-code/anthropic/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, connection: 'close' },
    body: JSON.stringify({
      model: 'claude-sonnet-4-5',
      messages: [{ role: 'user', content: 'Hi' }],
      metadata: { user_id },
    }),
  });
  await response.text();
}

test('a login whose token is renewed stays one account, with its sessions, also over a restart', async () => {
  const upstream = await startRawUpstream([REPLY]);
  stage.onEnd(() => upstream.close());
  const first = await stage.start({ upstreams: { anthropic: upstream.url } });
  await first.control('/_planward/v1/settings', { method: 'PATCH', body: { pollUsage: { anthropic: false } } });
  await ask(first, 'sk-ant-oat01-one', 'a');
  await ask(first, 'sk-ant-oat01-two', 'b');
  const before = await first.until(({ exchanges, inFlight }) => exchanges === 2 && inFlight === 0);
  expect(before.accounts).toHaveLength(1);
  expect(before.accounts[0]).toMatchObject({ inFlight: 0 });
  const shares = before.accounts[0]!.windows.find(({ id }) => id === 'five-hour')!.attribution!;
  expect(shares.bySession!.map(({ fraction }) => fraction)).toEqual([0.5, 0.5]);
  expect(before.sessions!.map(({ sessionKey }) => sessionKey).toSorted()).toEqual(
    shares.bySession!.map(({ id }) => id).toSorted(),
  );
  await first.stop();

  const second = await stage.start({ upstreams: { anthropic: upstream.url } });
  const after = await second.until(({ exchanges, accounts }) => exchanges === 2 && accounts.length > 0);
  expect(after.accounts.map(({ accountKey }) => accountKey)).toEqual([before.accounts[0]!.accountKey]);
  const again = after.accounts[0]!.windows.find(({ id }) => id === 'five-hour')!.attribution!;
  expect(again).toEqual(shares);
  await ask(second, 'sk-ant-oat01-two', 'b');
  await ask(second, 'sk-ant-oat01-three', 'b');
  const last = await second.until(({ exchanges, inFlight }) => exchanges === 4 && inFlight === 0);
  expect(last.accounts).toHaveLength(1);
}, 30_000);
