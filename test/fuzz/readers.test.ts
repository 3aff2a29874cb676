import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { recogniseAgent } from '../../src/agents/list.ts';
import { readTurn } from '../../src/agents/turn-kind.ts';
import type { Headers } from '../../src/core/provider.ts';
import { dialects } from '../../src/providers/dialects/list.ts';
import { providers } from '../../src/providers/list.ts';
import { createRequestCopy } from '../../src/relay/request-copy.ts';
import type { TapReading } from '../../src/relay/response-sinks.ts';
import { createResponseTap } from '../../src/relay/response-tap.ts';
import { DIALECTS, write } from '../agents/requests.ts';
import { dialectFixtures } from '../providers/dialects/fixtures/list.ts';
import { providerFixtures } from '../providers/fixtures/list.ts';
import { garble, shatter } from './garble.ts';
import { repeat } from './with-dice.ts';
import { patience, runs } from '../support/run-length.ts';

const NOW = Date.UTC(2026, 7, 10, 10);

/** Everything the fixtures hold, as the wire would carry it. */
const STREAMS = Object.values(dialectFixtures).flatMap((fixture) =>
  fixture.streams.map(([, events]) =>
    events.map(([name, data]) => `${name === undefined ? '' : `event: ${name}\n`}data: ${data}\n\n`).join(''),
  ),
);
const BODIES = [
  ...Object.values(dialectFixtures).flatMap((fixture) => fixture.bodies.map(([, body]) => body)),
  ...Object.values(providerFixtures).flatMap((fixture) => fixture.errors.map(([, body]) => body)),
  ...Object.values(providerFixtures).flatMap((fixture) => fixture.bodyLimits?.map(([text]) => text) ?? []),
];
const ANSWERS = Object.values(providerFixtures).flatMap((fixture) => [
  ...(fixture.poll?.answers ?? []).map(([, body]) => body),
  ...(fixture.local?.answers ?? []).map(([, body]) => body),
]);
const REQUESTS = DIALECTS.map((dialect) =>
  JSON.stringify(write(dialect, { user: ['Rename this function, please.'], steps: 2, tools: ['bash', 'edit'] })),
);
const ALL = [...STREAMS, ...BODIES, ...ANSWERS, ...REQUESTS];
const HEADERS: readonly Headers[] = Object.values(providerFixtures).flatMap((fixture) =>
  fixture.limits.map(([, headers]) => headers),
);

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Figures that are shown or added up may be absent, never nonsense. */
function expectSane(reading: TapReading | undefined): void {
  for (const [name, figure] of Object.entries(reading?.usage ?? {})) {
    if (name !== 'exactness') expect(Number.isSafeInteger(figure) && (figure as number) >= 0).toBe(true);
  }
  expectSaneLimits(reading?.limits ?? []);
  const error = reading?.error;
  if (error !== undefined) expect(typeof error.message).toBe('string');
  for (const word of [reading?.modelServed, reading?.stopReason])
    expect(['string', 'undefined']).toContain(typeof word);
}

function expectSaneLimits(limits: readonly object[]): void {
  for (const limit of limits) {
    for (const figure of Object.values(limit)) {
      if (typeof figure === 'number' && !Number.isFinite(figure)) expect.fail(`not finite: ${JSON.stringify(limit)}`);
    }
  }
}

test(
  'no garbled response makes a tap throw or read nonsense, whoever sent it and in whatever pieces',
  () => {
    repeat(runs(6000, 500_000), (dice) => {
      const streamed = dice.below(2) === 0;
      const text = garble(dice.pick(streamed ? STREAMS : [...BODIES, ...STREAMS]), ALL, dice);
      const headers: Headers = [
        ['content-type', streamed ? 'text/event-stream' : 'application/json'],
        ...(dice.below(4) === 0 ? dice.pick(HEADERS) : []),
      ];
      const tap = createResponseTap({
        provider: dice.pick(providers),
        dialect: dice.pick(dialects),
        status: dice.pick([200, 200, 200, 400, 429, 500, 529]),
        headers,
        now: () => NOW,
      });
      let called = 0;
      for (const piece of shatter(latin1(text), dice)) tap?.push(piece);
      tap?.end(dice.below(3) > 0, (reading) => {
        called += 1;
        expectSane(reading);
      });
      expect(called).toBe(tap === undefined ? 0 : 1);
    });
  },
  patience(60_000),
);

test(
  'no garbled quota answer or header makes a provider throw or tell a limit that is no number',
  () => {
    repeat(runs(8000, 300_000), (dice) => {
      const provider = dice.pick(providers);
      const headers = dice
        .pick(HEADERS)
        .map(
          ([name, value]) =>
            [name, dice.below(2) === 0 ? garble(value, ['9', '-', '2026-01-01T00:00:00Z'], dice) : value] as const,
        );
      expectSaneLimits(provider.readLimits(dice.pick([200, 429]), headers, NOW));
      const body = garble(dice.pick(ANSWERS), ALL, dice);
      const reading = provider.poll?.read(dice.pick([200, 200, 401, 500]), body, NOW);
      if (reading?.ok === true) expectSaneLimits(reading.limits);
    });
  },
  patience(60_000),
);

test(
  'no garbled request makes the copy, the agent’s recognition or the newest turn throw',
  () => {
    repeat(runs(6000, 200_000), (dice) => {
      const bytes = latin1(garble(dice.pick(REQUESTS), ALL, dice));
      const copy = createRequestCopy(dice.below(2) === 0 ? bytes.length : undefined);
      for (const piece of shatter(bytes, dice)) copy.push(piece);
      const { body, reading } = copy.facts();
      expect(['none', 'read', 'unread']).toContain(reading);
      const headers: Headers = [['user-agent', garble('claude-cli/2.1.330 (external, cli)', ALL, dice)]];
      expect(typeof recogniseAgent({ headers, bodyStart: copy.start() }).agentId).toBe('string');
      if (body !== undefined) readTurn({ headers, body, dialect: dice.pick(DIALECTS) });
      copy.drop();
    });
  },
  patience(60_000),
);

const plain = (dialectId: string, status = 200, extra: Headers = []) =>
  createResponseTap({
    provider: providers[0]!,
    dialect: dialects.find(({ id }) => id === dialectId),
    status,
    headers: [['content-type', 'text/event-stream'], ...extra],
    now: () => NOW,
  })!;

const ended = (tap: ReturnType<typeof plain>): Promise<TapReading | undefined> =>
  new Promise((resolve) => tap.end(true, resolve));

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
] as const)(
  'a %s bomb costs no more memory than what may be decoded at once',
  async (encoding, squeeze) => {
    // 320 MB of nothing in a few hundred kilobytes, fed as a network would.
    const bomb = squeeze(Buffer.alloc(320 * 1024 * 1024, ' '));
    const before = process.memoryUsage().rss;
    const tap = plain('anthropic-messages', 200, [['content-encoding', encoding]]);
    for (let at = 0; at < bomb.length; at += 16_384) tap.push(bomb.subarray(at, at + 16_384));
    expect((await ended(tap))?.usage).toBeUndefined();
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024);
  },
  60_000,
);

test('a line of 100 MB, invalid UTF-8 and a million brackets are let go without a figure', async () => {
  const line = plain('openai-chat');
  const piece = Buffer.alloc(1024 * 1024, 'a');
  line.push(latin1('data: '));
  for (let i = 0; i < 100; i += 1) line.push(piece);
  expect((await ended(line))?.usage).toBeUndefined();

  const broken = plain('openai-chat');
  broken.push(Buffer.alloc(1_000_000, 0xff));
  expect((await ended(broken))?.usage).toBeUndefined();

  for (const bracket of ['[', '{"a":']) {
    const deep = plain('openai-chat', 429);
    deep.push(latin1(bracket.repeat(60_000 / bracket.length)));
    expect((await ended(deep))?.usage).toBeUndefined();
    const streamed = plain('openai-chat');
    streamed.push(latin1(`data: {"usage":${bracket.repeat(200_000)}\n\n`));
    expect((await ended(streamed))?.usage).toBeUndefined();
    const copy = createRequestCopy(undefined);
    copy.push(latin1(bracket.repeat(40_000)));
    expect(copy.facts().reading).toBe('unread');
  }
}, 60_000);

test('JSON that nests deep but closes is read or let go, never a crash', () => {
  const nested = `{"model":"m","messages":[{"role":"user","content":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}`;
  const copy = createRequestCopy(undefined);
  copy.push(latin1(nested));
  const { body } = copy.facts();
  for (const dialect of DIALECTS) if (body !== undefined) readTurn({ headers: [], body, dialect });
  expect(recogniseAgent({ headers: [], bodyStart: nested }).agentId).toBe('unknown');
});
