import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { packModel } from '../../src/hook/model-file.ts';
import { zai } from '../../src/policies/zai.ts';
import { JUDGE_PATH } from '../../src/protocol/judge-call.ts';
import { lateFlagsSchema } from '../../src/protocol/late-flags.ts';
import { weights } from '../../src/scope/model/weights.ts';
import { decodeTables } from '../../src/scope/text-model.ts';
import { listen } from '../support/loopback.ts';

const TRIP =
  'Plan a five day trip to Lisbon for my parents, with hotels near the beach and a restaurant for each evening.';
const CODING = 'Fix the failing test in src/main.rs and run cargo test.';
const folder = mkdtempSync(join(tmpdir(), 'planward-hook-'));
let home = '';
let homes = 0;

/** The program as it ships. */
beforeAll(async () => {
  await build({
    entryPoints: { hook: 'src/hook/main.ts', 'hook-alone': 'src/hook/alone.ts', 'hook-packs': 'src/hook/packs.ts' },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    logLevel: 'warning',
  });
  writeFileSync(join(folder, 'scope-model.bin'), packModel(weights, decodeTables(weights)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  home = join(folder, `home${homes++}`);
  mkdirSync(home);
});

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

function run(input: string | undefined, lang = 'C.UTF-8'): Promise<Run> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(folder, 'hook.cjs'), 'claude-code', '--provider', 'zai', '--home', home],
    {
      env: { PATH: process.env['PATH'], LANG: lang },
    },
  );
  let out = '';
  let err = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  child.stdin.on('error', () => {});
  if (input !== undefined) child.stdin.end(input);
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, out, err, ms: performance.now() - began }));
  });
}

const prompt = (text: string): string =>
  JSON.stringify({ hook_event_name: 'UserPromptSubmit', session_id: 's', prompt: text });
const setMode = (mode: string): void =>
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ modes: { zai: mode } }));

async function fakeRelay(answer: RequestListener): Promise<void> {
  const server = createServer(answer);
  const port = await listen(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  writeFileSync(join(home, 'endpoint.json'), JSON.stringify({ port, token: 'secret-token' }));
}

describe('with no relay at hand', () => {
  test('a prompt outside the terms is stopped in block mode, once', async () => {
    setMode('block');
    const first = await run(prompt(TRIP));
    expect(JSON.parse(first.out)).toMatchObject({
      decision: 'block',
      reason: expect.stringContaining('travel planning') as string,
    });
    expect(await run(prompt(TRIP))).toMatchObject({ code: 0, out: '', err: '' });
    expect(readFileSync(join(home, 'hook-stopped.json'), 'utf8')).not.toContain('Lisbon');
  });

  test('it is warned about in warn mode, in the language of the terminal', async () => {
    setMode('warn');
    expect(JSON.parse((await run(prompt(TRIP))).out)).toMatchObject({
      systemMessage: expect.stringContaining('travel planning') as string,
    });
    expect((await run(prompt(TRIP), 'zh_CN.UTF-8')).out).toContain('旅行规划');
  });

  test('coding prompts and observe mode are silent', async () => {
    setMode('block');
    expect(await run(prompt(CODING))).toMatchObject({ code: 0, out: '', err: '' });
    setMode('observe');
    expect(await run(prompt(TRIP))).toMatchObject({ code: 0, out: '', err: '' });
  });
});

describe('with no relay at hand, too,', () => {
  test('the user’s own packs are the terms', async () => {
    setMode('warn');
    mkdirSync(join(home, 'policies'));
    writeFileSync(
      join(home, 'policies', 'mine.json'),
      JSON.stringify({ ...zai, id: 'my-terms', version: '2026-11-01' }),
    );
    expect((await run(prompt(TRIP))).out).toContain('my-terms');
    writeFileSync(join(home, 'policies', 'mine.json'), 'damaged');
    expect((await run(prompt(TRIP))).out).toContain('terms of zai');
  });

  test('what touches a rule is kept for the next relay, once and without its words', async () => {
    setMode('observe');
    await run(prompt(TRIP));
    await run(prompt(TRIP));
    await run(prompt(CODING));
    const kept = readFileSync(join(home, 'hook-flags.json'), 'utf8');
    expect(lateFlagsSchema.parse(JSON.parse(kept)).flags).toMatchObject([
      { agentId: 'claude-code', providerId: 'zai', ruleId: 'task-scope', category: 'travel', acted: 'passed' },
    ]);
    expect(kept).not.toMatch(/Lisbon|hotel|beach|parents/i);
    expect(statSync(join(home, 'hook-flags.json')).mode & 0o077).toBe(0);
  });
});

describe('with a relay', () => {
  test('the relay is asked, with its token, and its word counts', async () => {
    setMode('observe');
    let asked: unknown;
    await fakeRelay((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        asked = { path: request.url, authorization: request.headers.authorization, ...(JSON.parse(body) as object) };
        response.end(
          JSON.stringify({
            act: 'block',
            vendor: 'Z.AI',
            category: 'email',
            ruleId: 'r',
            packId: 'p',
            packVersion: 'v',
          }),
        );
      });
    });
    expect((await run(prompt(CODING))).out).toContain('e-mail work');
    expect(asked).toMatchObject({
      path: JUDGE_PATH,
      authorization: 'Bearer secret-token',
      agentId: 'claude-code',
      providerId: 'zai',
      kind: 'user-turn',
      text: CODING,
      session: 's',
    });
  });

  test.each([
    ['that does not answer', () => {}],
    ['that does not know the question', (_request, response) => response.writeHead(404).end('{}')],
    ['that hangs up', (request) => request.socket.destroy()],
  ] satisfies readonly [string, RequestListener][])('%s it judges by itself', async (_, answer) => {
    setMode('block');
    await fakeRelay(answer);
    expect((await run(prompt(TRIP))).out).toContain('travel planning');
  });

  test('whose answer is strange the prompt passes', async () => {
    setMode('block');
    await fakeRelay((_request, response) => response.end('<html>'));
    expect(await run(prompt(TRIP))).toMatchObject({ code: 0, out: '' });
  });
});

describe('whatever goes wrong lets the prompt through, with exit code 0 and no word', () => {
  test.each([
    ['input that is no JSON', '{"prompt": '],
    ['no input', ''],
    ['another event', JSON.stringify({ hook_event_name: 'Stop' })],
    ['an endless word', prompt('x'.repeat(3_000_000))],
  ])('%s', async (_, input) => {
    setMode('block');
    expect(await run(input)).toMatchObject({ code: 0, out: '', err: '' });
  });

  test('an agent that never ends its input', async () => {
    const ended = await run(undefined);
    expect(ended).toMatchObject({ code: 0, out: '' });
    expect(ended.ms).toBeLessThan(8000);
  });

  test('a model that is gone or cut', async () => {
    setMode('block');
    const model = join(folder, 'scope-model.bin');
    const whole = readFileSync(model);
    onTestFinished(() => writeFileSync(model, whole));
    writeFileSync(model, whole.subarray(0, 5000));
    expect(await run(prompt(TRIP))).toMatchObject({ code: 0, out: '', err: '' });
    rmSync(model);
    expect(await run(prompt(TRIP))).toMatchObject({ code: 0, out: '', err: '' });
  });

  test('settings and endpoint that are damaged', async () => {
    writeFileSync(join(home, 'settings.json'), '{"modes": 3, "scopeSensitivity": []');
    writeFileSync(join(home, 'endpoint.json'), 'null');
    expect(await run(prompt(TRIP))).toMatchObject({ code: 0, out: '', err: '' });
  });
});
