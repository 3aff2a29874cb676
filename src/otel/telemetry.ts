import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { ExportedExchange } from '../core/exported-exchange.ts';
import type { OtelThreadData } from '../protocol/otel.ts';
import { failureOf, metricAttributes, spanAttributes, spanName } from './conventions.ts';

export interface Telemetry {
  add(exchange: ExportedExchange): void;
  /** Sends what is left; a collector that does not answer is not waited for longer than some seconds. */
  close(): Promise<void>;
}

const SCOPE = 'planward';
const LAST_SEND_MS = 3000;

/** Buckets of the conventions: a plan's turns are long, and its prompts are large. */
const TOKEN_EDGES = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];
const SECOND_EDGES = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

/** Spans and metrics of exchanges to an OTLP/HTTP collector (protobuf, which each has to take). Headers come from `OTEL_EXPORTER_OTLP_HEADERS`. */
export function openTelemetry({ endpoint, version, everyMs }: OtelThreadData): Telemetry {
  const base = endpoint.replace(/\/+$/, '');
  const resource = resourceFromAttributes({ 'service.name': 'planward', 'service.version': version });
  const tracers = new TracerProvider({
    resource,
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${base}/v1/traces` }),
        scheduledDelayMillis: everyMs,
      }),
    ],
  });
  const meters = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics` }),
        exportIntervalMillis: everyMs,
        exportTimeoutMillis: Math.min(everyMs, 10_000),
      }),
    ],
  });
  const tracer = tracers.getTracer(SCOPE, version);
  const meter = meters.getMeter(SCOPE, version);
  const tokens = meter.createHistogram('gen_ai.client.token.usage', {
    unit: '{token}',
    description: 'Number of input and output tokens used.',
    advice: { explicitBucketBoundaries: TOKEN_EDGES },
  });
  const duration = meter.createHistogram('gen_ai.client.operation.duration', {
    unit: 's',
    description: 'GenAI operation duration.',
    advice: { explicitBucketBoundaries: SECOND_EDGES },
  });

  return {
    add(exchange) {
      const { startedAt, durationMs, usage, seenBy } = exchange;
      const span = tracer.startSpan(spanName(exchange), {
        kind: SpanKind.CLIENT,
        startTime: startedAt,
        attributes: spanAttributes(exchange),
        root: true,
      });
      if (failureOf(exchange) !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(startedAt + durationMs);
      const common = metricAttributes(exchange);
      // What only an agent's own files tell of has no duration of ours.
      if (seenBy === undefined) duration.record(durationMs / 1000, common);
      if (usage === undefined) return;
      tokens.record(usage.inputTokens, { ...common, 'gen_ai.token.type': 'input' });
      tokens.record(usage.outputTokens, { ...common, 'gen_ai.token.type': 'output' });
    },
    async close() {
      const limit = new Promise<void>((resolve) => void setTimeout(resolve, LAST_SEND_MS).unref());
      await Promise.race([Promise.allSettled([tracers.shutdown(), meters.shutdown()]), limit]);
    },
  };
}
