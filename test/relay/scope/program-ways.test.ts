import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { zai } from '../../../src/policies/zai.ts';
import { CONTROL } from '../../../src/protocol/control.ts';
import { rawClient } from '../../support/raw-client.ts';
import { startRawUpstream } from '../../support/raw-upstream.ts';
import { useProgram, type Program } from '../program.ts';

const stage = useProgram();
let relay: Program;

const DONE_BODY = JSON.stringify({ id: '1', model: 'glm-5.3', choices: [{ finish_reason: 'stop', message: {} }] });
const DONE = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${DONE_BODY.length}\r\n\r\n${DONE_BODY}`;
const TRIP =
  'Plan a five day trip to Lisbon for my parents: hotels near the beach, restaurants for dinner and a museum each day.';

async function start(modes: object = {}): Promise<void> {
  const upstream = await startRawUpstream([DONE]);
  stage.onEnd(() => upstream.close());
  relay = await stage.start({ upstreams: { zai: upstream.url } });
  await relay.control(CONTROL.settings, { method: 'PATCH', body: { modes } });
}

function ask(text: string, fields: string, over: object = {}, agent = ''): Promise<Buffer> {
  const body = JSON.stringify({ model: 'glm-5.3', messages: [{ role: 'user', content: text }], ...over });
  return rawClient(
    relay.port,
    `POST ${agent}/zai/api/coding/paas/v4/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key.secret\r\n${fields}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

describe('the way requests come', () => {
  test('a script with the plan key is flagged as direct use with what was seen, and never stopped for it', async () => {
    await start({ zai: 'block' });
    const answer = await ask(
      'Fix the off-by-one error in parseRange() and run the tests',
      'User-Agent: curl/8.5.0\r\n',
    );
    expect(answer.toString()).toContain('200 OK');
    const { flags } = await relay.until(({ flags: seen }) => seen.some(({ ruleId }) => ruleId === 'direct-api'));
    expect(flags.find(({ ruleId }) => ruleId === 'direct-api')).toMatchObject({
      severity: 'serious',
      acted: 'passed',
      because: 'a bare SDK or HTTP client sent it, not a coding tool',
      evidence: expect.arrayContaining([{ feature: 'the user agent is curl', weight: 0, where: 'way' }]),
    });
  });

  test('two named users of one key are flagged once; no name of theirs is in any file', async () => {
    await start();
    for (const user of ['anna-canary', 'ben-canary', 'anna-canary']) {
      await ask('Fix the failing test in src/range.ts', '', { user }, '/@cline');
    }
    await relay.until(({ flags, exchanges }) => exchanges === 3 && flags.some(({ ruleId }) => ruleId === 'one-person'));
    expect((await relay.snapshot()).flags.filter(({ ruleId }) => ruleId === 'one-person')).toHaveLength(1);
    await relay.stop();
    const { filesOf } = await import('../program.ts');
    for (const [file, bytes] of filesOf(stage.home)) expect(bytes.includes('-canary'), file).toBe(false);
  });
});

describe('a pack of the user’s own', () => {
  test('goes before the one that comes with Planward; a broken one is told and left out', async () => {
    await start();
    const rule = { ...zai.rules.find(({ id }) => id === 'task-scope')!, id: 'house-rule', severity: 'serious' };
    const folder = join(stage.home, 'own');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'house.json'), JSON.stringify({ ...zai, id: 'house', rules: [rule] }));
    writeFileSync(join(folder, 'broken.json'), '{"id": 7}');
    await relay.control(CONTROL.settings, { method: 'PATCH', body: { policyPacks: [folder] } });
    await ask(TRIP, '', {}, '/@openclaw');
    const seen = await relay.until(({ flags }) => flags.length > 0);
    expect(seen.flags.map(({ packId, ruleId, severity }) => [packId, ruleId, severity])).toEqual([
      ['house', 'house-rule', 'serious'],
    ]);
    expect(seen.userPacks?.map(({ id }) => id)).toEqual(['house']);
    expect(seen.notices.map(({ text }) => text).join()).toMatch(/broken\.json is left out: id: .*Correct it/);
  });
});

describe('what was called coding', () => {
  test('is listed by time, and taken back: the prompt is flagged again', async () => {
    await start();
    await ask(TRIP, '', {}, '/@openclaw');
    const task = (flags: readonly { readonly id: string; readonly category?: unknown }[]) =>
      flags.find(({ category }) => category !== undefined);
    const { flags } = await relay.until(({ flags: all }) => task(all) !== undefined);
    await relay.control(CONTROL.flag, { method: 'POST', body: { id: task(flags)!.id, action: 'coding' } });
    const listed = await relay.control(CONTROL.taught);
    const { prompts } = listed.json as { prompts: { id: string; at: number }[] };
    expect(prompts).toHaveLength(1);
    expect(Math.abs(prompts[0]!.at - Date.now())).toBeLessThan(60_000);
    const forgotten = await relay.control(CONTROL.taught, {
      method: 'POST',
      body: { forget: [prompts[0]!.id, 'other'] },
    });
    expect(forgotten.json).toEqual({ forgotten: 1 });
    expect((await relay.control(CONTROL.taught)).json).toEqual({ prompts: [] });
    await ask(`${TRIP} Thanks!`, '', {}, '/@openclaw');
    await relay.until(({ flags: all }) => task(all) !== undefined);
  });
});
