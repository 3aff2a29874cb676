// The thread that sends what the relay saw to the user's own collector. Only where the user named one is it even loaded.
import { parentPort, workerData } from 'node:worker_threads';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import type { OtelNews, OtelOrder, OtelThreadData } from '../protocol/otel.ts';
import { openTelemetry } from './telemetry.ts';

const data = workerData as OtelThreadData;
const tell = (message: unknown): void => {
  const trouble = message instanceof Error ? message.message : String(message);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage({ trouble: trouble.slice(0, 300) } satisfies OtelNews);
};
const quiet = (): void => {};
diag.setLogger(
  { error: tell, warn: quiet, info: quiet, debug: quiet, verbose: quiet },
  { logLevel: DiagLogLevel.ERROR },
);

const telemetry = openTelemetry(data);
parentPort?.on('message', (order: OtelOrder) => {
  switch (order.kind) {
    case 'exchanges':
      for (const exchange of order.exchanges) telemetry.add(exchange);
      return;
    case 'close':
      void telemetry.close().finally(() => parentPort?.close());
      return;
    default:
      order satisfies never;
  }
});
