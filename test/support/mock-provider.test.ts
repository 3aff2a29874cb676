import { gunzipSync, brotliDecompressSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { codingSession } from './mock-coding-session.ts';
import { startMockProvider, type MockOptions, type MockProvider } from './mock-provider.ts';
import { ask, fail, say } from './mock-reply.ts';
import { rawClient } from './raw-client.ts';
import { dechunk, takeResponse } from './raw-framing.ts';

let mock: MockProvider | undefined;
afterEach(() => mock?.close());

const KEY = 'sk-test-000';
const MESSAGES = '/api/anthropic/v1/messages?beta=true';
const CHAT = '/api/coding/paas/v4/chat/completions';
const QUOTA = '/api/monitor/usage/quota/limit';

async function start(options: MockOptions = {}): Promise<MockProvider> {
  mock = await startMockProvider(options);
  return mock;
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(mock!.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

const user = (text: string) => ({ role: 'user', content: text });
const anthropic = (extra: object = {}) => ({ model: 'glm-4.7', max_tokens: 10, messages: [user('hi')], ...extra });
const openai = (extra: object = {}) => ({ model: 'glm-4.7', messages: [user('hi')], ...extra });

function events(text: string): { readonly type: string; readonly [key: string]: unknown }[] {
  return text
    .split('\n\n')
    .filter((block) => block.includes('data: {'))
    .map((block) => JSON.parse(/^data: (.*)$/m.exec(block)![1]!) as { type: string });
}

test('an Anthropic body reports the stated figures, cached tokens apart', async () => {
  await start();
  const body = anthropic({ messages: [user('a'), { role: 'assistant', content: 'b' }, user('x'.repeat(2000))] });
  const answer = (await (await post(MESSAGES, body)).json()) as { content: unknown; usage: Record<string, number> };
  const input = Math.ceil(JSON.stringify(body).length / 4);
  const cached = Math.floor((input * 0.8) / 64) * 64;
  expect(answer.content).toEqual([{ type: 'text', text: 'Done.' }]);
  expect(answer.usage).toMatchObject({
    input_tokens: input - cached,
    cache_read_input_tokens: cached,
    output_tokens: 2,
  });
  expect(mock!.totals()).toMatchObject({ inputTokens: input, cacheReadTokens: cached, outputTokens: 2 });
});

test('an Anthropic stream opens, asks for a tool in pieces of JSON and closes with the final figures', async () => {
  await start({ script: () => ask('Bash', { command: 'node --test' }) });
  const text = await (await post(MESSAGES, anthropic({ stream: true }))).text();
  const seen = events(text);
  expect(seen[0]?.type).toBe('message_start');
  expect(seen.at(-1)?.type).toBe('message_stop');
  const json = seen
    .map((event) => (event['delta'] as { partial_json?: string } | undefined)?.partial_json ?? '')
    .join('');
  expect(JSON.parse(json)).toEqual({ command: 'node --test' });
  const last = seen.find((event) => event.type === 'message_delta') as unknown as { delta: object; usage: object };
  expect(last.delta).toMatchObject({ stop_reason: 'tool_use' });
  expect(last.usage).toMatchObject({ output_tokens: mock!.totals().outputTokens });
});

test('an OpenAI stream ends with a usage chunk only where it was asked for', async () => {
  await start();
  const plain = await (await post(CHAT, openai({ stream: true }))).text();
  expect(plain).not.toContain('prompt_tokens');
  expect(plain.endsWith('data: [DONE]\n\n')).toBe(true);
  const asked = await (await post(CHAT, openai({ stream: true, stream_options: { include_usage: true } }))).text();
  expect(events(asked).at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 2 } });
});

test('an OpenAI body includes cached tokens in the prompt tokens and thinking in the completion tokens', async () => {
  await start({
    script: () => ({
      kind: 'turn',
      blocks: [
        { kind: 'thinking', text: 'hmm hmm.' },
        { kind: 'text', text: 'ok' },
      ],
    }),
  });
  const answer = (await (await post(CHAT, openai())).json()) as { usage: object };
  expect(answer.usage).toMatchObject({
    prompt_tokens: mock!.totals().inputTokens,
    completion_tokens: 3,
    completion_tokens_details: { reasoning_tokens: 2 },
  });
});

test('requests are recorded with header case and order, target and raw body', async () => {
  await start();
  await post(MESSAGES, anthropic(), { 'X-App': 'cli' });
  const [request] = mock!.requests;
  expect(request).toMatchObject({ target: MESSAGES, dialect: 'anthropic-messages', credential: KEY, kind: 'chat' });
  expect(request!.body.toString()).toBe(JSON.stringify(anthropic()));
  expect(request!.headers.map(([name]) => name)).toContain('authorization');
});

test('an error is said in the dialect of the request', async () => {
  await start({ script: () => fail('1302') });
  const chat = await post(CHAT, openai());
  expect(chat.status).toBe(429);
  expect(await chat.json()).toEqual({ error: { code: '1302', message: 'Rate limit reached for requests' } });
  const messages = (await (await post(MESSAGES, anthropic())).json()) as { error: { code: string; message: string } };
  expect(messages.error.message).toMatch(/^\[1302\]\[Rate limit reached for requests\]\[[0-9a-f]+\]$/);
  mock!.setScript([fail('1305'), fail('html-edge')]);
  expect((await post(MESSAGES, anthropic())).status).toBe(529);
  expect(await (await post(MESSAGES, anthropic())).text()).toContain('<html>');
});

test('an error inside a stream comes after a good beginning', async () => {
  await start({ script: () => ({ kind: 'error-in-stream', error: '1234', after: 3 }) });
  const seen = events(await (await post(MESSAGES, anthropic({ stream: true }))).text());
  expect(seen.map((event) => event.type)).toEqual(['message_start', 'ping', 'content_block_start', 'error']);
});

test.each(['fin', 'rst'] as const)('a stream cut by %s gives its first events and no end', async (how) => {
  await start({ script: () => say('a long enough answer to be cut', { cut: { after: 3, how } }) });
  const response = await post(MESSAGES, anthropic({ stream: true }));
  let text = '';
  await expect(async () => {
    for await (const chunk of response.body!) text += Buffer.from(chunk as Uint8Array).toString();
  }).rejects.toThrow('terminated');
  expect(events(text).length).toBe(3);
});

test('drips keep events apart', async () => {
  await start({ script: () => say('abc', { dripMs: 25 }) });
  const startedAt = performance.now();
  const text = await (await post(MESSAGES, anthropic({ stream: true }))).text();
  expect(performance.now() - startedAt).toBeGreaterThan(25 * (events(text).length - 2));
});

test.each(['gzip', 'br', 'zstd'] as const)(
  '%s streams hold the plain events and can be read one by one',
  async (encoding) => {
    await start({ script: () => say('hello there', { encoding }) });
    const decode = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync }[encoding];
    const body = JSON.stringify(anthropic({ stream: true }));
    const bytes = await rawClient(
      mock!.port,
      `POST ${MESSAGES} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const message = takeResponse(bytes, 'POST')!;
    expect(message.head.toString()).toContain(`content-encoding: ${encoding}`);
    expect(events(decode(dechunk(message.body)!).toString()).at(-1)?.type).toBe('message_stop');
  },
);

test('the quota endpoint follows what was used and says when the windows reset', async () => {
  await start({ plan: 'lite', tokenScale: 2000 });
  const untouched = await quota();
  expect(untouched.data.limits[0]).toEqual({
    type: 'CREDIT_LIMIT',
    unit: 3,
    number: 5,
    usage: 2000,
    currentValue: 0,
    remaining: 2000,
    percentage: 0,
  });
  await post(MESSAGES, anthropic());
  const { data } = await quota();
  const used = mock!.credits(KEY);
  expect(used).toBeGreaterThan(10);
  expect(data.limits[0]).toMatchObject({ currentValue: Math.floor(used), percentage: Math.floor(used / 20) });
  expect(data.limits[0]!['nextResetTime']).toBe(mock!.turns[0]!.request.at + 5 * 3_600_000);
  expect(data.limits[1]).toMatchObject({ unit: 6, usage: 10_000, currentValue: Math.floor(used) });
});

test('the quota endpoint has the legacy shape, the no-plan answer and the refusal inside a 200', async () => {
  await start({ quota: 'legacy', creditsBefore: 3000 });
  expect((await quota()).data.limits.map((limit) => limit['type'])).toEqual([
    'TOKENS_LIMIT',
    'TOKENS_LIMIT',
    'TIME_LIMIT',
  ]);
  expect((await quota()).data.limits[0]!['percentage']).toBe(25);
  mock!.setQuota('no-plan');
  expect((await quota()) as unknown).toMatchObject({ success: false, msg: '当前用户不存在coding plan' });
  const refused = await fetch(mock!.url + QUOTA);
  expect(refused.status).toBe(200);
  expect(await refused.json()).toMatchObject({ code: 401 });
});

test('more requests in flight than allowed get 1302 at once', async () => {
  await start({ maxInFlight: 1, script: () => say('slow', { firstByteMs: 600 }) });
  const answers = await Promise.all([post(CHAT, openai()), post(CHAT, openai())]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 429]);
});

test('a coding session asks for the tools the agent declares, step by step, and answers side requests apart', async () => {
  await start({
    script: codingSession({
      file: '/p/calc.js',
      oldText: 'a',
      newText: 'b',
      command: 'node --test',
      closingText: 'All done.',
    }),
  });
  const tools = ['read_files', 'editor', 'run_commands'].map((name) => ({ type: 'function', function: { name } }));
  const messages: object[] = [user('Add mul')];
  const asked: string[] = [];
  for (let i = 0; i < 4; i++) {
    const answer = (await (await post(CHAT, openai({ tools, messages }))).json()) as {
      choices: [{ message: { content: string; tool_calls?: [{ id: string; function: { name: string } }] } }];
    };
    const { message } = answer.choices[0];
    asked.push(message.tool_calls?.[0].function.name ?? message.content);
    if (message.tool_calls === undefined) break;
    messages.push(message, { role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'ok' });
  }
  expect(asked).toEqual(['read_files', 'editor', 'run_commands', 'All done.']);
  const title = (await (await post(CHAT, openai())).json()) as { choices: [{ message: { content: string } }] };
  expect(title.choices[0].message.content).toBe('Add mul to calc');
});

test('an unknown path is a 404, models and token counting are answered', async () => {
  await start();
  expect((await fetch(`${mock!.url}/api/hello`)).status).toBe(404);
  expect(await (await fetch(`${mock!.url}/api/coding/paas/v4/models`)).json()).toMatchObject({ object: 'list' });
  const body = anthropic();
  expect(await (await post('/api/anthropic/v1/messages/count_tokens', body)).json()).toEqual({
    input_tokens: Math.ceil(JSON.stringify(body).length / 4),
  });
});

async function quota(): Promise<{ data: { limits: Record<string, unknown>[] } }> {
  const response = await fetch(mock!.url + QUOTA, { headers: { authorization: KEY } });
  return (await response.json()) as { data: { limits: Record<string, unknown>[] } };
}
