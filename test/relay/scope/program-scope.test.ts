import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../src/core/snapshot.ts';
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

  test('flags, their settling and the share of coding turns outlive a restart, and no turn is flagged twice', async () => {
    await start();
    const OTHER = 'Write a birthday card for my aunt Rosa and suggest a cake, flowers and a present for her party.';
    for (const text of [CODING, TRIP, OTHER]) await ask('openclaw', text);
    const tasksOf = ({ flags }: Snapshot) => flags.filter(({ category }) => category !== undefined);
    const before = tasksOf(await relay.until((seen) => tasksOf(seen).length === 2));
    const settled = before[1]!;
    await relay.control(CONTROL.flag, { method: 'POST', body: { id: settled.id, action: 'coding' } });
    await relay.stop();
    relay = await stage.start({ upstreams: { zai: upstream.url } });
    const after = tasksOf(await relay.until((seen) => tasksOf(seen).length === 1 && seen.exchanges === 3));
    const { evidence: _, ...kept } = before[0]!;
    expect(after[0]).toMatchObject(kept);
    expect(after[0]!.evidence.every(({ where }) => where !== 'text' && where !== 'previous')).toBe(true);
    await ask('openclaw', before[0]!.category === 'travel' ? TRIP : OTHER);
    const again = await relay.until(({ exchanges }) => exchanges === 4);
    expect(tasksOf(again)).toHaveLength(1);
    expect(again.accounts[0]!.strikes?.ownFlags).toBe(
      again.flags.filter(({ decision }) => decision === 'out-of-scope').length,
    );
    const { json } = await relay.control(`${CONTROL.report}?since=0`);
    expect(json).toMatchObject({ turns: [{ providerId: 'zai', coding: 1, unsure: 0, other: 1, settled: 1 }] });
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
