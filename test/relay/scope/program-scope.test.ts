import { describe, expect, test } from 'vitest';
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

async function start(modes: object = {}): Promise<void> {
  upstream = await startRawUpstream([DONE]);
  stage.onEnd(() => upstream.close());
  relay = await stage.start({ upstreams: { zai: upstream.url } });
  await relay.control(CONTROL.settings, { method: 'PATCH', body: { modes } });
}

function ask(agent: string, text: string, over: object = {}): Promise<Buffer> {
  const body = JSON.stringify({ model: 'glm-5.3', messages: [{ role: 'user', content: text }], ...over });
  return rawClient(
    relay.port,
    `POST /@${agent}/zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key.secret\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const sent = () =>
  Buffer.concat(upstream.received())
    .toString()
    .match(/POST \/api/g)?.length ?? 0;

describe('in observe mode', () => {
  test('a turn outside the terms is forwarded, and flagged once however often it is sent; coding is not', async () => {
    await start();
    await ask('openclaw', CODING);
    for (let i = 0; i < 3; i++) await ask('openclaw', TRIP);
    const { flags } = await relay.until(
      ({ flags: seen, exchanges }) => exchanges === 4 && seen.some(({ category }) => category !== undefined),
    );
    expect(sent()).toBe(4);
    const tasks = flags.filter(({ decision, category }) => decision === 'out-of-scope' && category !== undefined);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({
      agentId: 'openclaw',
      category: 'travel',
      acted: 'passed',
      packVersion: expect.any(String),
    });
    expect(tasks[0]!.pOffScope).toBeGreaterThan(0.9);
    expect(tasks[0]!.evidence.length).toBeGreaterThan(0);
  });

  test('a title that an agent asks for is never judged', async () => {
    await start();
    await ask('opencode', `Generate a title for this conversation:\n${TRIP}`, {
      messages: [
        { role: 'system', content: 'You are a title generator. You output ONLY a thread title.' },
        { role: 'user', content: TRIP },
      ],
    });
    await relay.until(({ exchanges }) => exchanges === 1);
    expect((await relay.snapshot()).flags.filter(({ category }) => category !== undefined)).toEqual([]);
  });

  test('no word of a prompt is kept in any file', async () => {
    await start();
    await ask('openclaw', `${TRIP} xylophone-canary`);
    await relay.until(({ flags }) => flags.length > 0);
    await relay.stop();
    const { filesOf } = await import('../program.ts');
    for (const [file, bytes] of filesOf(stage.home)) expect(bytes.includes('xylophone-canary'), file).toBe(false);
  });
});

describe('a flag', () => {
  test('that is dismissed goes; one that is called coding also keeps prompts like it from being flagged, over a restart too', async () => {
    await start();
    const open = async () =>
      (await relay.snapshot()).flags.filter(({ because }) => because === 'the task is not coding');
    const settle = (id: string, action: string) =>
      relay.control(CONTROL.flag, { method: 'POST', body: { id, action } });
    await ask('openclaw', TRIP);
    await relay.until(({ flags }) => flags.some(({ category }) => category !== undefined));
    const [first] = await open();
    expect((await settle(first!.id, 'coding')).json).toEqual({ ok: true });
    expect((await settle(first!.id, 'dismiss')).json).toEqual({ ok: false });
    expect((await settle(first!.id, 'forgive')).status).toBe(400);
    await ask('openclaw', `${TRIP} Thanks.`);
    await relay.until(({ exchanges }) => exchanges === 2);
    expect(await open()).toEqual([]);
    await relay.stop();
    const { filesOf } = await import('../program.ts');
    for (const [file, bytes] of filesOf(stage.home)) expect(bytes.includes('Lisbon'), file).toBe(false);
    relay = await stage.start({ upstreams: { zai: upstream.url } });
    await ask('openclaw', `${TRIP} Please.`);
    await relay.until(({ exchanges }) => exchanges === 3);
    expect(await open()).toEqual([]);
  });
});

describe('in block mode', () => {
  test('a turn outside the terms is answered in the shape its agent shows, once; sent again it goes through', async () => {
    await start({ zai: 'block' });
    expect((await ask('cline', TRIP)).toString()).toMatch(
      /^HTTP\/1\.1 402 .*reads as travel planning.*Nothing was sent/s,
    );
    expect(sent()).toBe(0);
    expect((await ask('cline', TRIP)).toString()).toBe(DONE);
    expect(sent()).toBe(1);
    const flag = (await relay.snapshot()).flags.find(({ category }) => category !== undefined);
    expect(flag).toMatchObject({ acted: 'blocked', agentId: 'cline' });
  });

  test('OpenClaw hears it as an answer, streamed as it asked', async () => {
    await start({ zai: 'block' });
    const answer = (await ask('openclaw', TRIP, { stream: true })).toString();
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK.*text\/event-stream.*reads as travel planning.*\[DONE\]/s);
    expect(sent()).toBe(0);
  });

  test('coding goes through with the same bytes, and so does what it cannot read', async () => {
    await start({ zai: 'block' });
    expect((await ask('cline', CODING)).toString()).toBe(DONE);
    const odd = `POST /@cline/zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n\r\n{"odd":`;
    expect((await rawClient(relay.port, odd)).toString()).toBe(DONE);
    expect(sent()).toBe(2);
  });
});
