import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONTROL } from '../../src/protocol/control.ts';
import { filesOf, useProgram } from '../relay/program.ts';
import { startRawUpstream } from '../support/raw-upstream.ts';

const stage = useProgram(true);

/** One for each place a secret can stand in; none looks like another, nor like a key that could be recognised by its shape. */
const CANARIES = {
  key: 'zQk7canaryBearerW3x9pLm2',
  apiKey: 'zQk7canaryApiKeyT5v8rNd4',
  cookie: 'zQk7canaryCookieY1b6sHf0',
  header: 'zQk7canaryHeaderU2c7tJg9',
  query: 'zQk7canaryQueryI3d8uKh8',
  path: 'zQk7canaryPathO4e9vLj7',
  prompt: 'zQk7canaryPromptP5f0wMk6',
  system: 'zQk7canarySystemA6g1xNl5',
  tool: 'zQk7canaryToolS7h2yOp4',
  answer: 'zQk7canaryAnswerD8j3zPq3',
  answerHeader: 'zQk7canaryReplyHeadF9k4aQr2',
  setCookie: 'zQk7canarySetCookieG0l5bRs1',
};

/** A secret as it is, and in the ways that would still give it away. */
function shapes(secret: string): readonly Buffer[] {
  const plain = Buffer.from(secret);
  const base64 = [0, 1, 2].map((pad) =>
    Buffer.from(' '.repeat(pad) + secret)
      .toString('base64')
      .slice(4, -4),
  );
  return [
    plain,
    Buffer.from(plain.toString('hex')),
    Buffer.from(secret, 'utf16le'),
    ...base64.map((text) => Buffer.from(text)),
  ];
}

/** `file: what` for each secret that stands in a file. */
function found(files: ReadonlyMap<string, Buffer>): readonly string[] {
  return [...files].flatMap(([name, bytes]) =>
    Object.entries(CANARIES)
      .filter(([, secret]) => shapes(secret).some((shape) => bytes.includes(shape)))
      .map(([what]) => `${name}: ${what}`),
  );
}

function answer(status: string, body: string): string {
  return [
    `HTTP/1.1 ${status}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-secret: ${CANARIES.answerHeader}`,
    `set-cookie: session=${CANARIES.setCookie}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

const GOOD = JSON.stringify({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'glm-4.7',
  content: [{ type: 'text', text: CANARIES.answer }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 10, output_tokens: 5 },
});
const REFUSED = JSON.stringify({
  type: 'error',
  error: { type: 'authentication_error', code: '1000', message: `The key ${CANARIES.key} is not known.` },
});

function ask(url: string): Promise<string> {
  const body = JSON.stringify({
    model: 'glm-4.7',
    max_tokens: 10,
    system: `You are Claude Code. ${CANARIES.system}`,
    tools: [{ name: 'read_file', description: CANARIES.tool, input_schema: { type: 'object' } }],
    messages: [{ role: 'user', content: `Plan a trip to Lisbon with hotels near the beach. ${CANARIES.prompt}` }],
  });
  return fetch(`${url}/zai/api/anthropic/v1/messages?token=${CANARIES.query}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'claude-cli/2.0.0 (external, cli)',
      authorization: `Bearer ${CANARIES.key}`,
      'x-api-key': CANARIES.apiKey,
      cookie: `session=${CANARIES.cookie}`,
      'x-internal': CANARIES.header,
      connection: 'close',
    },
  }).then((response) => response.text());
}

function cli(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], HOME: stage.folder, PLANWARD_HOME: stage.home };
    execFile(process.execPath, [stage.cliFile, ...args], { env, timeout: 15_000 }, (_error, out, err) =>
      resolve(out + err),
    );
  });
}

describe('secrets of a request and its answer', () => {
  test('are in no file, export or page that Planward leaves, while it runs and after', async () => {
    const upstream = await startRawUpstream([
      answer('200 OK', GOOD),
      answer('401 Unauthorized', REFUSED),
      answer('404 Not Found', '{"error":{"message":"There is no such path."}}'),
    ]);
    stage.onEnd(() => upstream.close());
    const relay = await stage.start({ upstreams: { zai: upstream.url } });
    await relay.control(CONTROL.settings, { method: 'PATCH', body: { modes: { zai: 'warn' } } });
    const answers = [await ask(relay.url), await ask(relay.url)];
    expect(answers[0]).toContain(CANARIES.answer); // The agent has it: the relay changed nothing.
    expect(answers[1]).toContain(CANARIES.key);
    await fetch(`${relay.url}/zai/${CANARIES.path}/x?key=${CANARIES.query}`, { headers: { connection: 'close' } }).then(
      (response) => response.text(),
    );
    await fetch(`${relay.url}/no-provider/${CANARIES.path}`, { headers: { connection: 'close' } }).then((response) =>
      response.text(),
    );
    await relay.until(({ exchanges, inFlight, ledger }) => exchanges >= 3 && inFlight === 0 && ledger.state === 'ok');
    const running = filesOf(stage.home);
    expect([...running.keys()]).toEqual(expect.arrayContaining(['endpoint.json', 'ledger.db', 'relay.log']));
    expect(found(running)).toEqual([]);

    const snapshot = Buffer.from(JSON.stringify(await relay.snapshot()));
    const exports = new Map([['snapshot', snapshot]]);
    for (const args of [
      ['status'],
      ['status', '--json'],
      ['report', '--format', 'md'],
      ['report', '--format', 'json'],
      ['report', '--format', 'csv'],
      ['report', '--appeal'],
      ['doctor', '--json'],
    ]) {
      const said = await cli(args);
      expect([args, said.length > 20]).toEqual([args, true]);
      exports.set(args.join(' '), Buffer.from(said));
    }
    expect(found(exports)).toEqual([]);
    expect(relay.out() + relay.err()).not.toContain('zQk7canary');

    await relay.stop();
    expect(found(filesOf(stage.folder))).toEqual([]);
  });

  test.each(Object.entries(CANARIES))(
    'the search finds the one of %s where it stands, in each of its shapes',
    (what, secret) => {
      mkdirSync(stage.home, { recursive: true });
      for (const [i, shape] of shapes(secret).entries()) {
        writeFileSync(
          join(stage.home, `seeded-${i}`),
          Buffer.concat([Buffer.from('before '), shape, Buffer.from(' after')]),
        );
        const name = `seeded-${i}`;
        expect(found(filesOf(stage.home))).toContain(`${name}: ${what}`);
      }
    },
  );
});
