import { Worker } from 'node:worker_threads';
import type { Exchange } from '../core/exchange.ts';
import type { Notice } from '../core/snapshot.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { AccountLimits } from '../ledger/limit-rows.ts';
import type { LedgerTrouble } from '../ledger/sqlite.ts';
import type {
  LedgerAnswer,
  LedgerQuery,
  LedgerReply,
  LedgerRequest,
  LedgerStart,
  LedgerThreadData,
} from './ledger-messages.ts';
import {
  ledgerFull,
  ledgerGone,
  ledgerRecovered,
  ledgerRejected,
  ledgerSetAside,
  ledgerThreadEnded,
  ledgerTrouble,
  type LedgerNews,
} from './ledger-notices.ts';

export interface LedgerWriterDeps {
  readonly path: string;
  /** Program that calls `runLedgerThread` when its `workerData.role` is `ledger`: the relay's own bundle. */
  readonly workerFile: string | URL;
  readonly onNotice: (notice: Notice) => void;
  readonly retentionDays: number;
  readonly now: () => number;
  /** A ledger that could not be opened at the start can be read now. */
  readonly onRecovered?: (start: LedgerStart) => void;
  /** Rows kept in memory while the disk does not take them; 10,000 where absent. */
  readonly maxWaiting?: number;
  /** Longest time a row waits for company; 100 ms where absent. */
  readonly tickMs?: number;
  /** First wait before the ledger is tried again, doubled up to 30 s; 1 s where absent. */
  readonly retryMs?: number;
  readonly busyTimeoutMs?: number;
  /** Longest time `flush` waits; 10 s where absent. */
  readonly flushMs?: number;
}

export type LedgerReady = LedgerStart & { readonly state: 'ok' | 'off' };

/** The ledger as the relay sees it. No method blocks, throws or rejects. */
export interface LedgerWriter {
  /** Settles once the ledger was opened or could not be; `off` comes with empty lists. */
  readonly ready: Promise<LedgerReady>;
  state(): 'ok' | 'off';
  append(exchange: Exchange): void;
  appendLimits(limits: AccountLimits): void;
  /** What the ledger's method of that name gives for committed rows; undefined where it cannot be read now. */
  query<Q extends LedgerQuery>(name: Q, ...args: Parameters<Ledger[Q]>): Promise<LedgerAnswer<Q> | undefined>;
  setRetentionDays(days: number): void;
  /** True once everything accepted before the call is committed; false where the ledger does not take it now. */
  flush(): Promise<boolean>;
  /** Flushes, closes the file and ends the thread. */
  close(): Promise<void>;
}

type Row = { readonly exchange: Exchange } | { readonly limits: AccountLimits };

/**
 * `opening`: asked, no answer yet; `ok`; `waiting`: in trouble, tried again later; `dead`: cannot be used by this
 * program at all, rows are let go; `closed`.
 */
type Phase = 'opening' | 'ok' | 'waiting' | 'dead' | 'closed';

const ROWS_PER_TICK = 256;
const ROWS_PER_BATCH = 1024;
const MAX_RETRY_MS = 30_000;
const CLOSE_MS = 5000;
const NOTHING: LedgerStart = { burns: [], limits: [], recent: [], agents: [], count: 0 };

/**
 * Writes the ledger from a thread of its own. Rows wait in memory until their batch is committed, one batch at a time,
 * so an outage or a dead thread loses none that fit; the ledger's idempotence by id makes writing a batch twice harmless.
 */
export function createLedgerWriter(deps: LedgerWriterDeps): LedgerWriter {
  const maxWaiting = deps.maxWaiting ?? 10_000;
  const firstRetryMs = deps.retryMs ?? 1000;
  const ready = Promise.withResolvers<LedgerReady>();
  const threadEnded = Promise.withResolvers<void>();

  let phase: Phase = 'opening';
  let worker: Worker | undefined;
  let waiting: Row[] = [];
  let inFlight: Row[] = [];
  let accepted = 0;
  let dropped = 0;
  let startKnown = false;
  let retentionDays = deps.retentionDays;
  let retryMs = firstRetryMs;
  let tick: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  let nextQuery = 0;
  const queries = new Map<number, (value: unknown) => void>();
  const flushes = new Set<{ readonly upTo: number; readonly settle: (committed: boolean) => void }>();
  /** Codes said since the ledger last worked. */
  const said = new Set<string>();

  function say(news: LedgerNews): void {
    if (said.has(news.code)) return;
    said.add(news.code);
    deps.onNotice({ ...news, at: deps.now() });
  }

  function post(request: LedgerRequest): void {
    worker?.postMessage(request);
  }

  function start(): void {
    clearTimeout(retry);
    phase = 'opening';
    try {
      worker ??= spawn();
      post({ kind: 'open' });
    } catch (error) {
      trouble(ledgerThreadEnded(wordsOf(error)));
    }
  }

  function spawn(): Worker {
    const workerData: LedgerThreadData = {
      role: 'ledger',
      path: deps.path,
      retentionDays,
      busyTimeoutMs: deps.busyTimeoutMs ?? 2000,
    };
    const spawned = new Worker(deps.workerFile, { workerData });
    let reason = 'its thread ended';
    spawned.on('message', (reply: LedgerReply) => hear(reply));
    spawned.on('messageerror', (error) => (reason = wordsOf(error)));
    spawned.on('error', (error) => (reason = wordsOf(error)));
    spawned.on('exit', () => {
      worker = undefined;
      if (phase === 'closed') threadEnded.resolve();
      else trouble(ledgerThreadEnded(reason));
    });
    return spawned;
  }

  function hear(reply: LedgerReply): void {
    switch (reply.kind) {
      case 'opened':
        opened(reply.start);
        return;
      case 'written':
        inFlight = [];
        retryMs = firstRetryMs;
        if (reply.rejected > 0) say(ledgerRejected(reply.rejected));
        settleFlushes();
        if (waiting.length >= ROWS_PER_TICK || flushes.size > 0) send();
        else sendSoon();
        return;
      case 'refused':
        trouble(ledgerTrouble(reply.reason, deps.path, reply.message), reply.reason);
        return;
      case 'answer':
        queries.get(reply.id)?.(reply.value);
        queries.delete(reply.id);
        return;
      case 'set-aside':
        say(ledgerSetAside(reply.movedTo, reply.message));
        return;
      case 'gone':
        say(ledgerGone(deps.path));
        return;
      default:
        reply satisfies never;
    }
  }

  function opened(first: LedgerStart): void {
    const afterOutage =
      said.delete('ledger-locked') || said.delete('ledger-unwritable') || said.delete('ledger-thread');
    if (phase !== 'closed') phase = 'ok';
    if (!startKnown) {
      startKnown = true;
      ready.resolve({ state: 'ok', ...first });
      if (afterOutage) deps.onRecovered?.(first);
    }
    if (afterOutage) {
      said.clear();
      deps.onNotice({ ...ledgerRecovered(dropped), at: deps.now() });
      dropped = 0;
    }
    settleFlushes();
    send();
  }

  /** The ledger does not take rows now: keep them, say so once, try again later (or never). */
  function trouble(news: LedgerNews, reason?: LedgerTrouble): void {
    waiting = [...inFlight, ...waiting];
    inFlight = [];
    clearTimeout(tick);
    tick = undefined;
    for (const settle of queries.values()) settle(undefined);
    queries.clear();
    if (phase === 'closed') return;
    say(news);
    if (reason === 'no-sqlite' || reason === 'newer') {
      phase = 'dead';
      waiting = [];
    } else {
      phase = 'waiting';
      retry = setTimeout(start, retryMs);
      retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
    }
    ready.resolve({ state: 'off', ...NOTHING });
    for (const flush of flushes) flush.settle(false);
  }

  function accept(row: Row): void {
    if (phase === 'dead' || phase === 'closed') return;
    if (waiting.length + inFlight.length >= maxWaiting) {
      dropped++;
      say(ledgerFull(maxWaiting));
      return;
    }
    accepted++;
    waiting.push(row);
    if (waiting.length >= ROWS_PER_TICK) send();
    else sendSoon();
  }

  function sendSoon(): void {
    if (phase !== 'ok' || waiting.length === 0 || inFlight.length > 0) return;
    tick ??= setTimeout(send, deps.tickMs ?? 100);
  }

  function send(): void {
    if (phase !== 'ok' || waiting.length === 0 || inFlight.length > 0) return;
    clearTimeout(tick);
    tick = undefined;
    inFlight = waiting.splice(0, ROWS_PER_BATCH);
    try {
      post({
        kind: 'append',
        exchanges: inFlight.flatMap((row) => ('exchange' in row ? [row.exchange] : [])),
        limits: inFlight.flatMap((row) => ('limits' in row ? [row.limits] : [])),
      });
    } catch (error) {
      // Only rows that cannot be copied to a thread come here: let them go rather than stand still.
      inFlight = [];
      say({ ...ledgerRejected(1), text: `Exchanges could not be recorded: ${wordsOf(error)}.` });
      settleFlushes();
      sendSoon();
    }
  }

  function settleFlushes(): void {
    const committed = accepted - waiting.length - inFlight.length;
    for (const flush of flushes) if (flush.upTo <= committed) flush.settle(true);
  }

  function flush(): Promise<boolean> {
    if (phase === 'dead' || phase === 'closed') return Promise.resolve(false);
    if (waiting.length === 0 && inFlight.length === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (committed: boolean) => {
        clearTimeout(limit);
        flushes.delete(entry);
        resolve(committed);
      };
      const limit = setTimeout(() => settle(false), deps.flushMs ?? 10_000);
      const entry = { upTo: accepted, settle };
      flushes.add(entry);
      if (phase === 'waiting') start();
      else send();
    });
  }

  async function close(): Promise<void> {
    if (phase === 'closed') return threadEnded.promise;
    await flush();
    phase = 'closed';
    clearTimeout(tick);
    clearTimeout(retry);
    ready.resolve({ state: 'off', ...NOTHING });
    if (worker === undefined) threadEnded.resolve();
    post({ kind: 'close' });
    const limit = setTimeout(() => void worker?.terminate(), CLOSE_MS);
    await threadEnded.promise;
    clearTimeout(limit);
    for (const settle of queries.values()) settle(undefined);
    queries.clear();
  }

  start();
  return {
    ready: ready.promise,
    state: () => (phase === 'ok' ? 'ok' : 'off'),
    append: (exchange) => accept({ exchange }),
    appendLimits: (limits) => accept({ limits }),
    query(name, ...args) {
      if (phase !== 'ok') return Promise.resolve(undefined);
      const id = nextQuery++;
      return new Promise((resolve) => {
        // The thread answers with what the ledger's method of that name gives, or undefined.
        queries.set(id, resolve as (value: unknown) => void);
        post({ kind: 'query', id, name, args });
      });
    },
    setRetentionDays(days) {
      retentionDays = days;
      post({ kind: 'retention', days });
    },
    flush,
    close,
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
