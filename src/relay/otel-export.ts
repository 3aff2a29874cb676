import { Worker } from 'node:worker_threads';
import { exportedExchange, type ExportedExchange } from '../core/exported-exchange.ts';
import type { Exchange } from '../core/exchange.ts';
import type { OtelNews, OtelOrder, OtelThreadData } from '../protocol/otel.ts';

export interface OtelExportDeps {
  /** Where the user's collector listens; empty: nothing is sent, and nothing loaded. */
  readonly endpoint: () => string;
  readonly version: string;
  /** The relay's own program, `relay.cjs` or, in a home, `relay-<version>.cjs`; the thread's stands beside it as `otel…`. */
  readonly relayFile: string;
  readonly everyMs?: number;
  readonly onTrouble: (message: string) => void;
}

/** What was seen goes to the user's own collector, where one is named. No method throws. */
export interface OtelExport {
  closed(exchange: Exchange): void;
  /** The setting may have changed. */
  reconsider(): void;
  close(): Promise<void>;
}

const EVERY_MS = 10_000;
const GATHER_MS = 1000;
/** What is kept for a thread that is slow; beyond it the oldest are let go. */
const MAX_WAITING = 2000;
const END_MS = 4000;
const MEMORY_MB = 96;

/** Exchanges are noted where they end and handed over once a second, so that an agent's stream never waits for it. */
export function createOtelExport(deps: OtelExportDeps): OtelExport {
  const program = deps.relayFile.replace(/relay([^/\\]*)$/, 'otel$1');
  let worker: Worker | undefined;
  let told = '';
  let waiting: ExportedExchange[] = [];
  let tick: NodeJS.Timeout | undefined;
  let lastTrouble = '';

  function start(endpoint: string): void {
    const workerData: OtelThreadData = {
      role: 'otel',
      endpoint,
      version: deps.version,
      everyMs: deps.everyMs ?? EVERY_MS,
    };
    try {
      const made = new Worker(program, { workerData, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
      worker = made;
      made.unref();
      made.on('message', ({ trouble }: OtelNews) => complain(trouble));
      made.on('error', (error: unknown) => complain(error instanceof Error ? error.message : String(error)));
      made.on('exit', () => {
        if (worker === made) worker = undefined;
      });
    } catch (error) {
      complain((error as Error).message);
    }
  }

  /** A collector that is away says the same at every send; the log needs it once. */
  function complain(message: string): void {
    if (message === lastTrouble) return;
    lastTrouble = message;
    deps.onTrouble(message);
  }

  function hand(): void {
    tick = undefined;
    if (waiting.length === 0) return;
    const order: OtelOrder = { kind: 'exchanges', exchanges: waiting };
    waiting = [];
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker?.postMessage(order);
  }

  async function end(): Promise<void> {
    clearTimeout(tick);
    hand();
    const ending = worker;
    worker = undefined;
    if (ending === undefined) return;
    const gone = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    ending.postMessage({ kind: 'close' } satisfies OtelOrder);
    const limit = setTimeout(() => void ending.terminate(), END_MS);
    await gone;
    clearTimeout(limit);
  }

  function reconsider(): void {
    const endpoint = deps.endpoint();
    if (endpoint === told) return;
    told = endpoint;
    lastTrouble = '';
    void end();
    if (endpoint !== '') start(endpoint);
  }

  reconsider();
  return {
    closed(exchange) {
      if (worker === undefined) return;
      waiting.push(exportedExchange(exchange));
      if (waiting.length > MAX_WAITING) waiting.shift();
      tick ??= setTimeout(hand, GATHER_MS).unref();
    },
    reconsider,
    close: end,
  };
}
