import { existsSync, renameSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import { beforeAll, expect, test } from 'vitest';
import type { ExportedExchange } from '../../src/core/exported-exchange.ts';
import { CONTROL } from '../../src/protocol/control.ts';
import { listen } from '../support/loopback.ts';
import { startSimulator } from '../support/simulator.ts';
import { eventually, useProgram, type Program } from './program.ts';

const stage = useProgram();
const otelFile = (): string => join(dirname(stage.relayFile), 'otel.cjs');

beforeAll(async () => {
  await build({
    absWorkingDir: join(import.meta.dirname, '../..'),
    entryPoints: ['src/otel/main.ts'],
    outfile: otelFile(),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
});

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
}
interface Span {
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly Attribute[];
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}
interface Traces {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}
interface Received {
  readonly path: string;
  readonly text: string;
}

/** An OTLP/HTTP receiver that keeps what it gets. */
async function receiver(): Promise<{ readonly url: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', text: Buffer.concat(chunks).toString() });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const port = await listen(server);
  stage.onEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${port}`, received };
}

async function worked(relay: Program, atLeast = 3): Promise<void> {
  const simulator = startSimulator({ relayUrl: relay.url, speed: 20, apiKey: 'sk-very-secret' });
  try {
    await relay.until(({ exchanges }) => exchanges >= atLeast, 20_000);
  } finally {
    await simulator.stop();
  }
  await relay.until(({ inFlight }) => inFlight === 0);
}

async function started(): Promise<Program> {
  const mock = await stage.mock({ plan: 'pro', creditsBefore: 4000 });
  return await stage.start({ upstreams: { zai: mock.url } });
}

test('metrics are text that a Prometheus parser reads, behind the token, with the meter’s own figures', async () => {
  const relay = await started();
  await worked(relay);
  await relay.until(
    ({ accounts }) => accounts[0]?.windows.some(({ usedFraction }) => usedFraction !== undefined) === true,
  );
  expect((await fetch(relay.url + CONTROL.metrics)).status).toBe(401);
  const { token } = relay.endpoint();
  const response = await fetch(relay.url + CONTROL.metrics, { headers: { authorization: `Bearer ${token}` } });
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  const families = new Map(parsePrometheusTextFormat(text).map((family) => [family.name, family]));
  const { accounts, relay: self } = await relay.snapshot();
  expect(families.get('planward_relay_start_time_seconds')?.metrics[0]?.value).toBe(String(self.startedAt / 1000));
  const ratios = families.get('planward_window_used_ratio')?.metrics ?? [];
  const known = accounts[0]!.windows.filter(({ usedFraction }) => usedFraction !== undefined);
  expect(ratios.map(({ labels }) => labels?.['window'])).toEqual(known.map(({ id }) => id));
  expect(ratios[0]?.labels).toMatchObject({ provider: 'zai', account: accounts[0]!.accountKey });
  expect(text).not.toContain('sk-very-secret');
});

test('exchanges come in pages, oldest first, without a credential, a path or a word that was said', async () => {
  const relay = await started();
  await worked(relay, 4);
  const until = Date.now() + 1000;
  const { status, json } = await relay.control(`${CONTROL.exchanges}?since=0&until=${until}`);
  expect(status).toBe(200);
  const { exchanges, next } = json as { exchanges: ExportedExchange[]; next?: object };
  expect(exchanges.length).toBeGreaterThanOrEqual(4);
  expect(next).toBeUndefined();
  expect(exchanges.map(({ startedAt }) => startedAt)).toEqual(
    exchanges.map((each) => each.startedAt).toSorted((a, b) => a - b),
  );
  const [first] = exchanges;
  const after = await relay.control(
    `${CONTROL.exchanges}?since=0&until=${until}&afterAt=${first!.startedAt}&afterId=${first!.id}`,
  );
  expect((after.json as { exchanges: ExportedExchange[] }).exchanges.map(({ id }) => id)).toEqual(
    exchanges.slice(1).map(({ id }) => id),
  );
  const text = JSON.stringify(json);
  for (const secret of ['sk-very-secret', '/api/', 'calc.js', 'Authorization']) expect(text).not.toContain(secret);
  expect((await relay.control(`${CONTROL.exchanges}?since=x&until=1`)).status).toBe(400);
});

test('a collector that the user named gets spans and metrics by the conventions, and no word of a conversation', async () => {
  const collector = await receiver();
  const relay = await started();
  expect(
    (await relay.control(CONTROL.settings, { method: 'PATCH', body: { otelEndpoint: collector.url } })).status,
  ).toBe(200);
  await worked(relay);
  const { exchanges } = await relay.snapshot();
  await relay.stop(); // what is left is sent
  const spans = collector.received
    .filter(({ path }) => path === '/v1/traces')
    .flatMap(({ text }) => (JSON.parse(text) as Traces).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  expect(spans).toHaveLength(exchanges);
  const chat = spans.find(({ name }) => name === 'chat glm-4.7')!;
  const of = (key: string) => chat.attributes.find((each) => each.key === key)?.value;
  expect(chat.kind).toBe(3);
  expect(of('gen_ai.provider.name')).toEqual({ stringValue: 'zai' });
  expect(of('gen_ai.operation.name')).toEqual({ stringValue: 'chat' });
  expect(Number(of('gen_ai.usage.input_tokens')?.intValue)).toBeGreaterThan(0);
  expect(BigInt(chat.endTimeUnixNano) >= BigInt(chat.startTimeUnixNano)).toBe(true);
  const metrics = collector.received
    .filter(({ path }) => path === '/v1/metrics')
    .map(({ text }) => text)
    .join();
  expect(metrics).toContain('gen_ai.client.token.usage');
  expect(metrics).toContain('gen_ai.client.operation.duration');
  const all = collector.received.map(({ text }) => text).join();
  for (const secret of ['sk-very-secret', 'calc.js', '/api/']) expect(all).not.toContain(secret);
});

test('without a collector nothing of OpenTelemetry is loaded, and with its file gone the relay goes on', async () => {
  const away = `${otelFile()}.away`;
  renameSync(otelFile(), away);
  stage.onEnd(() => renameSync(away, otelFile()));
  expect(existsSync(otelFile())).toBe(false);
  const relay = await started();
  await worked(relay);
  const settings = { otelEndpoint: 'http://127.0.0.1:9' };
  expect((await relay.control(CONTROL.settings, { method: 'PATCH', body: settings })).status).toBe(200);
  const before = (await relay.snapshot()).exchanges;
  await worked(relay, before + 2);
  expect(await relay.stop()).toBe(0);
});

test('a collector that does not answer costs no request and does not keep the relay from ending', async () => {
  const relay = await started();
  await relay.control(CONTROL.settings, { method: 'PATCH', body: { otelEndpoint: 'http://127.0.0.1:9' } });
  await worked(relay);
  const asked = Date.now();
  expect(await relay.stop()).toBe(0);
  expect(Date.now() - asked).toBeLessThan(9000);
  await eventually(() => expect(relay.child.exitCode).toBe(0));
});

test('an address that is none is not taken', async () => {
  const relay = await started();
  const { status } = await relay.control(CONTROL.settings, { method: 'PATCH', body: { otelEndpoint: 'ftp://x' } });
  expect(status).toBe(400);
});
