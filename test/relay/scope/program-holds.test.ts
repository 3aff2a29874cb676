import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CONTROL } from '../../../src/protocol/control.ts';
import { rawClient } from '../../support/raw-client.ts';
import { startRawUpstream, type RawUpstream } from '../../support/raw-upstream.ts';
import { useProgram, type Program } from '../program.ts';

const stage = useProgram();
let relay: Program;
let upstream: RawUpstream;

const DONE_BODY = JSON.stringify({ id: '1', model: 'glm-5.3', choices: [{ finish_reason: 'stop', message: {} }] });
const DONE = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${DONE_BODY.length}\r\n\r\n${DONE_BODY}`;
const TRIP =
  'Plan a five day trip to Lisbon for my parents: hotels near the beach, restaurants for dinner and a museum each day.';
const CODING = 'Fix the off-by-one error in parseRange() in src/range.ts and run the unit tests.';

async function start(settings: object, args: readonly string[] = []): Promise<void> {
  upstream = await startRawUpstream([DONE]);
  stage.onEnd(() => upstream.close());
  const told = ['--home', stage.home, '--port', '0', '--upstream', `zai=${upstream.url}`, ...args];
  relay = await stage.start({ args: told });
  await relay.control(CONTROL.settings, { method: 'PATCH', body: settings });
}

/** A window of VS Code as the relay knows it: a subscriber that can ask. Resolves when the relay has it. */
async function openWindow(asks = true): Promise<{ close(): void }> {
  const { port, token } = relay.endpoint();
  const call = http.get({
    host: '127.0.0.1',
    port,
    path: `${CONTROL.events}${asks ? '?asks=1' : ''}`,
    agent: false,
    headers: { authorization: `Bearer ${token}` },
  });
  call.on('error', () => {});
  await new Promise<void>((resolve) => call.once('response', (response) => response.once('data', () => resolve())));
  stage.onEnd(() => call.destroy());
  return { close: () => void call.destroy() };
}

const body = (text: string, over: object = {}) =>
  JSON.stringify({ model: 'glm-5.3', messages: [{ role: 'user', content: text }], ...over });

function request(agent: string, text: string, over: object = {}): string {
  const json = body(text, over);
  return `POST /@${agent}/zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key.secret\r\nContent-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;
}

async function ask(agent: string, text: string, over: object = {}): Promise<string> {
  return (await rawClient(relay.port, request(agent, text, over), { timeoutMs: 20_000 })).toString();
}

const sent = () =>
  Buffer.concat(upstream.received())
    .toString()
    .match(/POST \/api/g)?.length ?? 0;
const word = (id: string, answer: string) => relay.control(CONTROL.hold, { method: 'POST', body: { id, answer } });
const held = async () => (await relay.until(({ holds }) => (holds ?? []).length > 0)).holds![0]!;
const taskFlags = async () => (await relay.snapshot()).flags.filter(({ category }) => category !== undefined);

test('a held turn waits without a byte going out; sent on the user’s word it arrives as it came', async () => {
  await start({ modes: { zai: 'hold' }, holdSeconds: 30 });
  await openWindow();
  const answer = ask('cline', TRIP);
  const hold = await held();
  expect(hold).toMatchObject({ agentId: 'cline', providerId: 'zai', category: 'travel', byDefault: 'send' });
  expect(hold.untilAt - hold.since).toBe(30_000);
  expect(hold.evidence.length).toBeGreaterThan(0);
  await pause(300);
  expect(sent()).toBe(0);
  expect((await relay.snapshot()).agents).toMatchObject([{ agentId: 'cline', held: 1 }]);
  expect((await word(hold.id, 'send')).json).toEqual({ ok: true });
  expect(await answer).toBe(DONE);
  expect(Buffer.concat(upstream.received()).toString()).toContain(body(TRIP));
  expect((await word(hold.id, 'stop')).json).toEqual({ ok: false });
  expect((await word(hold.id, 'perhaps')).status).toBe(400);
  await expect.poll(taskFlags).toMatchObject([{ acted: 'sent', heldBy: 'user' }]);
  expect(await ask('cline', TRIP)).toBe(DONE);
});

test('stopped on the user’s word it is answered in the shape its agent shows, and sent again it goes through', async () => {
  await start({ modes: { zai: 'hold' } });
  await openWindow();
  const answer = ask('cline', TRIP);
  await word((await held()).id, 'stop');
  expect(await answer).toMatch(/^HTTP\/1\.1 402 .*X-Planward-Reason: held.*stopped it on your word.*Nothing was sent/s);
  expect(sent()).toBe(0);
  await expect.poll(taskFlags).toMatchObject([{ acted: 'stopped', heldBy: 'user' }]);
  expect(await ask('cline', TRIP)).toBe(DONE);
  expect((await relay.snapshot()).holds).toEqual([]);
});

test('called coding it goes out, is not flagged, and prompts like it are not held any more', async () => {
  await start({ modes: { zai: 'hold' } });
  await openWindow();
  const answer = ask('openclaw', TRIP);
  await word((await held()).id, 'coding');
  expect(await answer).toBe(DONE);
  expect(await ask('openclaw', `${TRIP} Thanks.`)).toBe(DONE);
  expect(await taskFlags()).toEqual([]);
});

test('when the time is over the stated default applies', async () => {
  await start({ modes: { zai: 'hold' }, holdSeconds: 5, holdDefault: 'stop' });
  await openWindow();
  const began = Date.now();
  expect(await ask('cline', TRIP)).toContain('when nobody answers in time');
  expect(Date.now() - began).toBeGreaterThanOrEqual(4900);
  expect(await taskFlags()).toMatchObject([{ acted: 'stopped', heldBy: 'time' }]);
});

test('without a window nobody waits: the default applies at once, and the flag says so', async () => {
  await start({ modes: { zai: 'hold' } });
  await openWindow(false);
  expect(await ask('cline', TRIP)).toBe(DONE);
  expect(await taskFlags()).toMatchObject([{ acted: 'sent', heldBy: 'nobody' }]);
});

test('an agent that hangs up ends its hold, and nothing was sent', async () => {
  await start({ modes: { zai: 'hold' } });
  await openWindow();
  const { connect } = await import('node:net');
  const socket = connect(relay.port, '127.0.0.1', () => socket.write(request('cline', TRIP)));
  socket.on('error', () => {});
  await held();
  socket.destroy();
  await relay.until(({ holds, exchanges }) => holds?.length === 0 && exchanges === 1);
  expect(sent()).toBe(0);
  expect((await relay.snapshot()).recent[0]).toMatchObject({ outcome: 'aborted' });
});

test('coding, titles, steps of a turn and what cannot be read are never held', async () => {
  await start({ modes: { zai: 'hold' } });
  await openWindow();
  const title = {
    messages: [
      { role: 'system', content: 'You are a title generator. You output ONLY a thread title.' },
      { role: 'user', content: TRIP },
    ],
  };
  const step = {
    messages: [
      { role: 'user', content: TRIP },
      { role: 'assistant', content: '', tool_calls: [{ id: 'c', type: 'function', function: { name: 'a' } }] },
      { role: 'tool', tool_call_id: 'c', content: 'done' },
    ],
  };
  expect(await ask('cline', CODING)).toBe(DONE);
  expect(await ask('opencode', '', title)).toBe(DONE);
  expect(await ask('cline', '', step)).toBe(DONE);
  const odd = `POST /@cline/zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n\r\n{"odd":`;
  expect((await rawClient(relay.port, odd)).toString()).toBe(DONE);
});

test('warn mode sends at once and tells before the answer is there', async () => {
  await start({ modes: { zai: 'warn' } });
  expect(await ask('cline', TRIP)).toBe(DONE);
  expect(sent()).toBe(1);
  expect(await taskFlags()).toMatchObject([{ acted: 'warned' }]);
});

test('a plan’s own mode goes before its provider’s', async () => {
  await start({ modes: { zai: 'block', 'zai/glm-pro': 'observe' }, plans: { zai: 'glm-pro' } });
  expect(await ask('cline', CODING)).toBe(DONE);
  await relay.until(({ accounts }) => accounts[0]?.planId === 'glm-pro');
  expect(await ask('cline', TRIP)).toBe(DONE);
  await relay.control(CONTROL.settings, { method: 'PATCH', body: { modes: { 'zai/glm-pro': 'block' } } });
  expect(await ask('cline', `${TRIP} Please.`)).toContain('402');
});
