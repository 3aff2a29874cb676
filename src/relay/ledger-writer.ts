import type { AccountAlias } from '../core/account-alias.ts';
import type { Exchange } from '../core/exchange.ts';
import type { ScopeRow } from '../core/scope-record.ts';
import type { Notice } from '../core/snapshot.ts';
import type { Burn } from '../core/usage.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { AccountLimits } from '../ledger/limit-rows.ts';
import type { LedgerTrouble } from '../ledger/sqlite.ts';
import { startLedgerThread, type LedgerLink } from './ledger-link.ts';
import type { LedgerAnswer, LedgerQuery, LedgerReply, LedgerStart } from './ledger-messages.ts';
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
import { createSayOnce } from './say-once.ts';

export interface LedgerWriterDeps {
  readonly path: string;
  /** Program that calls `runLedgerThread` when its `workerData.role` is `ledger`: the relay's own bundle. */
  readonly workerFile: string | URL;
  readonly onNotice: (notice: Notice) => void;
  readonly retentionDays: number;
  readonly now: () => number;
  /** A ledger that could not be opened at the start can be read now. */
  readonly onRecovered?: (start: LedgerStart) => void;
  /** Burns to be taken from running totals: their turns are counted as exchanges now. */
  readonly onChanges?: (changes: readonly Burn[]) => void;
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
  /** A judged turn, a flag, or the user's word on one. */
  appendScope(row: ScopeRow): void;
  appendAlias(alias: AccountAlias): void;
  /** What the ledger's method of that name gives for committed rows; undefined where it cannot be read now. */
  query<Q extends LedgerQuery>(name: Q, ...args: Parameters<Ledger[Q]>): Promise<LedgerAnswer<Q> | undefined>;
  setRetentionDays(days: number): void;
  /** True once everything accepted before the call is committed; false where the ledger does not take it now. */
  flush(): Promise<boolean>;
  /** Flushes, closes the file and ends the thread. */
  close(): Promise<void>;
}

type Row =
  | { readonly exchange: Exchange }
  | { readonly limits: AccountLimits }
  | { readonly scope: ScopeRow }
  | { readonly alias: AccountAlias };

/**
 * `opening`: asked, no answer yet; `ok`; `waiting`: in trouble, tried again later; `dead`: cannot be used by this
 * program at all, rows are let go; `closed`.
 */
type Phase = 'opening' | 'ok' | 'waiting' | 'dead' | 'closed';

const ROWS_PER_TICK = 256;
const ROWS_PER_BATCH = 1024;
const MAX_RETRY_MS = 30_000;
const NOTHING: LedgerStart = {
  burns: [],
  limits: [],
  recent: [],
  agents: [],
  accounts: [],
  sessions: [],
  rerouted: [],
  policyRefusals: [],
  flags: [],
  aliases: [],
  count: 0,
};

/**
 * Writes the ledger from a thread of its own. Rows wait in memory until their batch is committed, one batch at a time,
 * so an outage or a dead thread loses none that fit; the ledger's idempotence by id makes writing a batch twice harmless.
 */
export function createLedgerWriter(deps: LedgerWriterDeps): LedgerWriter {
  const maxWaiting = deps.maxWaiting ?? 10_000;
  const firstRetryMs = deps.retryMs ?? 1000;
  // Not Promise.withResolvers: the relay also runs, without a ledger, on Node 20.
  let settleReady: (first: LedgerReady) => void = () => {};
  const ready = new Promise<LedgerReady>((resolve) => (settleReady = resolve));
  const notices = createSayOnce(deps.onNotice, deps.now);

  let phase: Phase = 'opening';
  let link: LedgerLink | undefined;
  let ending: Promise<void> | undefined;
  let waiting: Row[] = [];
  let inFlight: Row[] = [];
  let accepted = 0;
  let dropped = 0;
  let startKnown = false;
  /** True while the ledger does not take rows and the user was told. */
  let outage = false;
  let retentionDays = deps.retentionDays;
  let retryMs = firstRetryMs;
  let tick: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  let nextQuery = 0;
  const queries = new Map<number, (value: unknown) => void>();
  const flushes = new Set<{ readonly upTo: number; readonly settle: (committed: boolean) => void }>();

  function start(): void {
    clearTimeout(retry);
    phase = 'opening';
    try {
      link ??= startLedgerThread(
        deps.workerFile,
        { role: 'ledger', path: deps.path, retentionDays, busyTimeoutMs: deps.busyTimeoutMs ?? 2000 },
        hear,
        (reason) => {
          link = undefined;
          trouble(ledgerThreadEnded(reason));
        },
      );
      link.post({ kind: 'open' });
    } catch (error) {
      trouble(ledgerThreadEnded(wordsOf(error)));
    }
  }

  function hear(reply: LedgerReply): void {
    switch (reply.kind) {
      case 'opened':
        opened(reply.start);
        return;
      case 'written':
        inFlight = [];
        worksAgain();
        if (reply.changes.length > 0) deps.onChanges?.(reply.changes);
        if (reply.rejected > 0) notices.say(ledgerRejected(reply.rejected));
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
        notices.say(ledgerSetAside(reply.movedTo, reply.message));
        return;
      case 'gone':
        notices.say(ledgerGone(deps.path));
        return;
      default:
        reply satisfies never;
    }
  }

  function opened(first: LedgerStart): void {
    if (phase !== 'opening') return;
    phase = 'ok';
    if (!startKnown) {
      startKnown = true;
      settleReady({ state: 'ok', ...first });
      if (outage) deps.onRecovered?.(first);
    }
    // A file that can be read may still refuse rows: only a written one ends an outage where some wait.
    if (waiting.length === 0) worksAgain();
    send();
  }

  function worksAgain(): void {
    retryMs = firstRetryMs;
    if (outage) {
      outage = false;
      notices.over();
      notices.say(ledgerRecovered(dropped));
      notices.over();
      dropped = 0;
    }
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
    if (notices.say(news)) outage = true;
    if (reason === 'no-sqlite' || reason === 'newer') {
      phase = 'dead';
      waiting = [];
    } else {
      phase = 'waiting';
      retry = setTimeout(start, retryMs);
      retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
    }
    settleReady({ state: 'off', ...NOTHING });
    for (const asked of flushes) asked.settle(false);
  }

  function accept(row: Row): void {
    if (phase === 'dead' || phase === 'closed') return;
    if (waiting.length + inFlight.length >= maxWaiting) {
      dropped++;
      if (notices.say(ledgerFull(maxWaiting))) outage = true;
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
      link?.post({
        kind: 'append',
        exchanges: inFlight.flatMap((row) => ('exchange' in row ? [row.exchange] : [])),
        limits: inFlight.flatMap((row) => ('limits' in row ? [row.limits] : [])),
        scope: inFlight.flatMap((row) => ('scope' in row ? [row.scope] : [])),
        aliases: inFlight.flatMap((row) => ('alias' in row ? [row.alias] : [])),
      });
    } catch (error) {
      // Only rows that cannot be copied to a thread come here: let them go rather than stand still.
      inFlight = [];
      notices.say({ ...ledgerRejected(1), text: `Exchanges could not be recorded: ${wordsOf(error)}.` });
      settleFlushes();
      sendSoon();
    }
  }

  function settleFlushes(): void {
    const committed = accepted - waiting.length - inFlight.length;
    for (const asked of flushes) if (asked.upTo <= committed) asked.settle(true);
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
    await flush();
    phase = 'closed';
    clearTimeout(tick);
    clearTimeout(retry);
    settleReady({ state: 'off', ...NOTHING });
    await link?.end();
    for (const settle of queries.values()) settle(undefined);
    queries.clear();
  }

  start();
  return {
    ready,
    state: () => (phase === 'ok' ? 'ok' : 'off'),
    append: (exchange) => accept({ exchange }),
    appendLimits: (limits) => accept({ limits }),
    appendScope: (scope) => accept({ scope }),
    appendAlias: (alias) => accept({ alias }),
    query(name, ...args) {
      if (phase !== 'ok') return Promise.resolve(undefined);
      const id = nextQuery++;
      return new Promise((resolve) => {
        // The thread answers with what the ledger's method of that name gives, or undefined.
        queries.set(id, resolve as (value: unknown) => void);
        link?.post({ kind: 'query', id, name, args });
      });
    },
    setRetentionDays(days) {
      retentionDays = days;
      link?.post({ kind: 'retention', days });
    },
    flush,
    close: () => (ending ??= close()),
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
