import { describe, expect, test } from 'vitest';
import { CONTROL } from '../../src/protocol/control.ts';
import { rawClient } from '../support/raw-client.ts';
import { startRawUpstream, type RawResponse, type RawUpstream } from '../support/raw-upstream.ts';
import { useProgram, type Program } from './program.ts';

const stage = useProgram();
let relay: Program;
let upstream: RawUpstream;

const json = (status: string, body: object) => {
  const text = JSON.stringify(body);
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};
const DONE = json('200 OK', {
  id: '1',
  model: 'glm-5.3',
  choices: [{ finish_reason: 'stop', message: {} }],
  usage: { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 },
});
const limited = (code: string) =>
  json('429 Too Many Requests', { error: { code, message: 'Rate limit reached for requests' } });

async function start(script: readonly RawResponse[]): Promise<void> {
  upstream = await startRawUpstream(script);
  stage.onEnd(() => upstream.close());
  relay = await stage.start({ upstreams: { zai: upstream.url } });
}

const patch = (body: object) => relay.control(CONTROL.settings, { method: 'PATCH', body });

function ask(agent: string, over: object = {}): Promise<Buffer> {
  const body = JSON.stringify({ model: 'glm-5.3', messages: [{ role: 'user', content: 'fix the test' }], ...over });
  return rawClient(
    relay.port,
    `POST /@${agent}/zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key.secret\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    { timeoutMs: 20_000 },
  );
}

const requests = () =>
  Buffer.concat(upstream.received())
    .toString()
    .match(/POST \/api/g)?.length ?? 0;
describe('a paused agent', () => {
  test('is held without a byte going out, is seen as held, and goes on when it is resumed', async () => {
    await start([DONE]);
    await patch({ pausedAgents: ['cline'] });
    const answer = ask('cline');
    expect((await ask('kilo-code')).toString()).toContain('200 OK');
    await expect
      .poll(async () => (await relay.snapshot()).agents.find(({ agentId }) => agentId === 'cline'), { timeout: 5000 })
      .toMatchObject({ paused: true, held: 1 });
    expect(requests()).toBe(1);
    await patch({ pausedAgents: [] });
    expect((await answer).toString()).toContain('200 OK');
    expect(requests()).toBe(2);
  });

  test('is answered after the longest wait, in the shape it shows without trying again', async () => {
    await start([DONE]);
    await patch({ pausedAgents: ['cline', 'openclaw'], maxWaitSeconds: 5 });
    const [cline, openclaw] = await Promise.all([ask('cline'), ask('openclaw', { stream: true })]);
    expect(cline.toString()).toMatch(/^HTTP\/1\.1 402 .*Cline is paused/s);
    expect(openclaw.toString()).toMatch(/^HTTP\/1\.1 200 .*text\/event-stream.*OpenClaw is paused.*\[DONE\]/s);
    expect(requests()).toBe(0);
    const { recent } = await relay.until(({ inFlight, recent: all }) => inFlight === 0 && all.length === 2);
    expect(recent.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  }, 15_000);
});

describe('the pacer', () => {
  test('waits out 1302 so that the agent sees only the answer', async () => {
    await start([limited('1302'), limited('1305'), DONE]);
    await patch({ pacedProviders: ['zai'] });
    expect((await ask('cline')).toString()).toBe(DONE);
    expect(requests()).toBe(3);
    // It is read a moment after it was passed on.
    await expect
      .poll(async () => (await relay.snapshot()).recent[0], { timeout: 5000 })
      .toMatchObject({ outcome: 'completed', status: 200 });
  }, 20_000);

  test('passes on at once what waiting does not help, and changes nothing where it is off', async () => {
    await start([limited('1302'), limited('1308'), DONE]);
    expect((await ask('cline')).toString()).toBe(limited('1302'));
    await patch({ pacedProviders: ['zai'] });
    expect((await ask('cline')).toString()).toBe(limited('1308'));
    expect(requests()).toBe(2);
  });

  test('keeps a key back after a policy stop until the user lifts it', async () => {
    const stop = json('429 Too Many Requests', { error: { code: '1313', message: 'Fair Usage Policy' } });
    await start([stop, DONE]);
    await patch({ pacedProviders: ['zai'] });
    expect((await ask('cline')).toString()).toBe(stop);
    await expect
      .poll(async () => (await relay.snapshot()).stopped, { timeout: 5000 })
      .toMatchObject([{ providerId: 'zai', code: '1313' }]);
    expect((await ask('cline')).toString()).toMatch(/^HTTP\/1\.1 402 .*acted on its terms of use/s);
    expect(requests()).toBe(1);
    const accountKey = (await relay.snapshot()).stopped[0]?.accountKey;
    const lifted = await relay.control(CONTROL.lift, { method: 'POST', body: { providerId: 'zai', accountKey } });
    expect(lifted.json).toEqual({ ok: true });
    expect((await ask('cline')).toString()).toBe(DONE);
  });
});
