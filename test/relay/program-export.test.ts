import { existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MockOtlpServer, normalizeMetrics, normalizeTrace } from '@elastic/mockotlpserver';
import type { OtlpMetric, OtlpSpan } from '@elastic/mockotlpserver';
import { build } from 'esbuild';
import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import { beforeAll, expect, test } from 'vitest';
import type { ExportedExchange } from '../../src/core/exported-exchange.ts';
import { CONTROL } from '../../src/protocol/control.ts';
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

/**
 * Elastic's receiver: a request is decoded by OpenTelemetry's own protobuf definitions; one that
 * cannot be read throws, which fails the test.
 */
async function collector(): Promise<{
  readonly url: string;
  readonly spans: OtlpSpan[];
  readonly metrics: OtlpMetric[];
}> {
  const spans: OtlpSpan[] = [];
  const metrics: OtlpMetric[] = [];
  const server = new MockOtlpServer({
    services: ['http'],
    logLevel: 'error',
    httpHostname: '127.0.0.1',
    httpPort: 0,
    onTrace: (request) => {
      for (const { scopeSpans } of normalizeTrace(request).resourceSpans)
        spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    },
    onMetrics: (request) => {
      for (const { scopeMetrics } of normalizeMetrics(request).resourceMetrics)
        metrics.push(...scopeMetrics.flatMap((scope) => scope.metrics));
    },
  });
  await server.start();
  stage.onEnd(() => server.close());
  return { url: server.httpUrl.href, spans, metrics };
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
  const { url, spans, metrics } = await collector();
  const relay = await started();
  expect((await relay.control(CONTROL.settings, { method: 'PATCH', body: { otelEndpoint: url } })).status).toBe(200);
  await worked(relay);
  const { exchanges } = await relay.snapshot();
  await relay.stop(); // what is left is sent
  expect(spans).toHaveLength(exchanges);
  const chat = spans.find(({ name }) => name === 'chat glm-4.7')!;
  expect(chat.kind).toBe('SPAN_KIND_CLIENT');
  expect(chat.attributes).toMatchObject({ 'gen_ai.provider.name': 'zai', 'gen_ai.operation.name': 'chat' });
  expect(Number(chat.attributes['gen_ai.usage.input_tokens'])).toBeGreaterThan(0);
  expect(BigInt(chat.endTimeUnixNano) >= BigInt(chat.startTimeUnixNano)).toBe(true);
  expect(new Set(metrics.map(({ name }) => name))).toEqual(
    new Set(['gen_ai.client.token.usage', 'gen_ai.client.operation.duration']),
  );
  const used = metrics.findLast(({ name }) => name === 'gen_ai.client.token.usage')!;
  expect(used.histogram.dataPoints.map(({ attributes }) => attributes['gen_ai.token.type'])).toContain('output');
  const all = JSON.stringify({ spans, metrics });
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
