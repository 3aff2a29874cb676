import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { STATUSLINE_PATH } from '../../src/protocol/statusline-call.ts';
import { useProgram } from './program.ts';

const stage = useProgram();
const TURNS = 3000;

function lines(from: number, count: number, at: number): string {
  const filler = 'words '.repeat(200);
  return Array.from({ length: count }, (_, n) => {
    const timestamp = new Date(at + n * 1000).toISOString();
    const usage = { input_tokens: 100, cache_read_input_tokens: 900, output_tokens: 50 };
    const message = { id: `msg_${from + n}`, model: 'claude-opus-5', role: 'assistant', usage };
    const answer = { type: 'assistant', requestId: `req_${from + n}`, sessionId: 's', timestamp, message };
    return `${JSON.stringify({ type: 'user', timestamp, message: { role: 'user', content: filler } })}\n${JSON.stringify(answer)}\n`;
  }).join('');
}

test('agents’ own files are read once the user allows it, in batches; a new relay reads only what is new, and a key of that agent makes no second account', async () => {
  const user = mkdtempSync(join(tmpdir(), 'planward-user-'));
  stage.onEnd(() => rmSync(user, { recursive: true, force: true }));
  const folder = join(user, '.claude', 'projects', '-p');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 's.jsonl');
  const now = Date.now();
  writeFileSync(file, lines(0, TURNS, now - TURNS * 1000));
  // A copy of the session counts nothing.
  writeFileSync(join(folder, 'copy.jsonl'), lines(0, 500, now - TURNS * 1000));
  const env = { HOME: user };
  const relay = await stage.start({ env });
  expect((await relay.snapshot()).turnFiles?.state).toBe('off');
  await relay.control('/_planward/v1/settings', { method: 'PATCH', body: { transcripts: 'usage' } });
  const read = await relay.until(
    ({ turnFiles }) => turnFiles?.state === 'idle' && turnFiles.lastAt !== undefined,
    20_000,
  );
  expect(read.turnFiles).toMatchObject({ files: 2, turns: TURNS, matched: 0 });
  expect(read.agents).toMatchObject([
    { agentId: 'claude-code', providerId: 'anthropic', requests: TURNS, ways: [{ way: 'transcript' }] },
  ]);
  expect(read.exchanges).toBe(TURNS);
  const said = await relay.control(STATUSLINE_PATH, {
    method: 'POST',
    body: {
      agentId: 'claude-code',
      providerId: 'anthropic',
      sessionId: 's',
      limits: [{ policy: 'five_hour', usedFraction: 0.62, windowMs: 18_000_000, resetsAt: now + 3_600_000 }],
    },
  });
  expect(said.status).toBe(200);
  expect((await relay.snapshot()).accounts[0]?.windows[0]).toMatchObject({ usedFraction: 0.62, source: 'statusline' });
  await relay.stop();

  appendFileSync(file, lines(TURNS, 3, now));
  const mock = await stage.mock();
  const upstreams = { anthropic: mock.url };
  const next = await stage.start({ env, upstreams });
  const more = await next.until(({ turnFiles }) => turnFiles?.state === 'idle', 20_000);
  expect(more.turnFiles).toMatchObject({ turns: 3, bytesRead: lines(TURNS, 3, now).length });
  expect(more.exchanges).toBe(TURNS + 3);
  const [{ accountKey: machine } = { accountKey: '' }] = more.accounts;

  // The same agent through the relay, with a key: its plan is one account, not one of the files and one of the key.
  const sent = await fetch(`${next.url}/anthropic/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'sk-test-000', 'user-agent': 'claude-cli/2.1.330 (external, cli)', connection: 'close' },
    body: JSON.stringify({
      model: 'claude-opus-5',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Add a test.' }],
    }),
  });
  await sent.text();
  const one = await next.until(({ exchanges, accounts }) => exchanges === TURNS + 4 && accounts.length === 1);
  expect(one.accounts[0]?.accountKey).not.toBe(machine);
  expect(one.accounts[0]?.windows[0]).toMatchObject({ source: 'statusline', usedFraction: 0.62 });
  await next.stop();
  const again = await stage.start({ env, upstreams });
  const remembered = await again.until(({ turnFiles }) => turnFiles?.state === 'idle', 20_000);
  expect(remembered.accounts.map(({ accountKey }) => accountKey)).toEqual([one.accounts[0]?.accountKey]);

  // What was asked is read only once that is allowed too, and then judged under the terms of the plan that answered.
  const timestamp = new Date().toISOString();
  const base = { sessionId: 't', timestamp };
  const message = { id: 'msg_t', model: 'glm-4.7', role: 'assistant', usage: { input_tokens: 1, output_tokens: 1 } };
  const trip = 'Plan a five day trip to Lisbon for my parents, with hotels near the beach.';
  const asked = `${JSON.stringify({ ...base, type: 'user', message: { role: 'user', content: trip } })}\n`;
  const answered = `${JSON.stringify({ ...base, type: 'assistant', requestId: 'req_t', message })}\n`;
  await again.control('/_planward/v1/settings', { method: 'PATCH', body: { transcripts: 'turns' } });
  writeFileSync(join(folder, 't.jsonl'), asked + answered);
  const flagged = await again.until(({ flags }) => flags.length > 0, 40_000);
  expect(flagged.flags).toMatchObject([
    { agentId: 'claude-code', providerId: 'zai', category: 'travel', acted: 'passed' },
  ]);
  expect(flagged.flags[0]?.exchangeId).toMatch(/^file:/);
}, 90_000);
