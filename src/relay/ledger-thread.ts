import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { Ledger } from '../ledger/ledger.ts';
import { ledgerFileId, openLedger, setLedgerAside } from '../ledger/open-ledger.ts';
import { troubleOf } from '../ledger/sqlite.ts';
import type {
  LedgerQuery,
  LedgerRefusal,
  LedgerReply,
  LedgerRequest,
  LedgerStart,
  LedgerThreadData,
} from './ledger-messages.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The longest window any plan has (a month) and some. */
const LOOK_BACK_MS = 35 * DAY_MS;
const UPKEEP_EVERY_MS = 6 * HOUR_MS;
/** Parts of reports: made for so long at a time, with so long a rest, and so long after something was written. */
const SETTLE_SLICE_MS = 15;
const SETTLE_REST_MS = 20;
const SETTLE_AFTER_MS = 4000;
const QUIET_MS = 3000;

/** Serves the ledger to the relay's main thread until it is told to close; the only place that waits for the disk. */
export function runLedgerThread(data: LedgerThreadData, port: MessagePort): void {
  const keeper = createLedgerKeeper(data, (reply) => port.postMessage(reply));
  port.on('message', (request: LedgerRequest) => {
    keeper.handle(request);
    if (request.kind === 'close') port.close();
  });
}

type Outcome<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & LedgerRefusal);

/** Owns the open ledger: opens it when asked, sets a damaged one aside, prunes. `handle` never throws. */
function createLedgerKeeper(data: LedgerThreadData, tell: (reply: LedgerReply) => void) {
  const { path } = data;
  let retentionDays = data.retentionDays;
  let current: { readonly ledger: Ledger; readonly fileId: string } | undefined;
  let upkeep: NodeJS.Timeout | undefined;
  let settling: NodeJS.Timeout | undefined;
  let writtenAt = performance.now();

  function release(): void {
    current?.ledger.close();
    current = undefined;
  }

  /** Undefined once a ledger is open; `afresh` where a damaged one was just set aside. */
  function ensureOpen(afresh = false): LedgerRefusal | undefined {
    if (current !== undefined) {
      if (ledgerFileId(path) === current.fileId) return undefined;
      release();
      tell({ kind: 'gone' });
    }
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    } catch {
      // Opening the file says the same more exactly.
    }
    const opened = openLedger({ path, busyTimeoutMs: data.busyTimeoutMs });
    if (opened.ok) {
      current = opened;
      planUpkeep(1000, opened.unclean);
      planSettling(1500);
      return undefined;
    }
    if (opened.reason !== 'corrupt') return opened;
    return afresh ? { ...opened, reason: 'unwritable' } : (setAside(opened.message) ?? ensureOpen(true));
  }

  /** Undefined once the damaged file is out of the way. */
  function setAside(message: string): LedgerRefusal | undefined {
    release();
    try {
      tell({ kind: 'set-aside', movedTo: setLedgerAside(path, Date.now()), message });
      return undefined;
    } catch (error) {
      return { reason: 'unwritable', message: `${message}; it cannot be renamed: ${wordsOf(error)}` };
    }
  }

  /** Runs `work` on an open ledger; once more on a new one where the old one turns out to be damaged. */
  function using<T>(work: (ledger: Ledger) => T, again = true): Outcome<T> {
    const refusal = ensureOpen();
    if (refusal !== undefined || current === undefined) return { ok: false, ...(refusal ?? NEVER_OPENED) };
    try {
      return { ok: true, value: work(current.ledger) };
    } catch (error) {
      const reason = troubleOf(error) ?? 'unwritable';
      const message = wordsOf(error);
      if (reason === 'locked') return { ok: false, reason, message };
      release();
      if (reason !== 'corrupt' || !again) return { ok: false, reason: 'unwritable', message };
      const stuck = setAside(message);
      return stuck === undefined ? using(work, false) : { ok: false, ...stuck };
    }
  }

  function planUpkeep(inMs: number, check: boolean): void {
    clearTimeout(upkeep);
    upkeep = setTimeout(() => keepUp(check), inMs);
  }

  /** Looks a ledger through that was not closed cleanly, and deletes what is past its retention, a step at a time. */
  function keepUp(check: boolean): void {
    if (current === undefined) return;
    if (check) {
      const found = using((ledger) => ledger.check());
      if (found.ok && found.value !== undefined) setAside(found.value);
    }
    const pruned = using((ledger) => ledger.prune(Date.now() - retentionDays * DAY_MS));
    planUpkeep(pruned.ok && pruned.value.more ? 25 : UPKEEP_EVERY_MS, false);
  }

  function planSettling(inMs: number): void {
    settling ??= setTimeout(settle, inMs);
  }

  /** Folds what reports are made of while nothing else is to be done; what a killed relay did not come to, the next one does. */
  function settle(): void {
    settling = undefined;
    if (current === undefined) return;
    const now = performance.now();
    const quiet = now - writtenAt > QUIET_MS;
    const settled = using((ledger) => ledger.settleReports(() => performance.now() < now + SETTLE_SLICE_MS, quiet));
    if (settled.ok && settled.value) planSettling(SETTLE_REST_MS);
    else if (!settled.ok || !quiet) planSettling(SETTLE_AFTER_MS);
  }

  function handle(request: LedgerRequest): void {
    switch (request.kind) {
      case 'open': {
        const outcome = using(startOf);
        tell(outcome.ok ? { kind: 'opened', start: outcome.value } : refused(outcome));
        return;
      }
      case 'append': {
        writtenAt = performance.now();
        planSettling(SETTLE_AFTER_MS);
        const outcome = using((ledger) => {
          const { rejected, changes = [] } = ledger.append(request.exchanges);
          const limits = request.limits.length === 0 ? 0 : ledger.appendLimits(request.limits).rejected;
          const scope = request.scope.length === 0 ? 0 : ledger.appendScope(request.scope).rejected;
          const aliases = request.aliases.length === 0 ? 0 : ledger.appendAliases(request.aliases).rejected;
          return { rejected: rejected + limits + scope + aliases, changes };
        });
        tell(outcome.ok ? { kind: 'written', ...outcome.value } : refused(outcome));
        return;
      }
      case 'query': {
        const outcome = using((ledger) => answer(ledger, request.name, request.args));
        if (request.name === 'appendTurns') planSettling(SETTLE_AFTER_MS);
        tell({ kind: 'answer', id: request.id, value: outcome.ok ? outcome.value : undefined });
        return;
      }
      case 'retention':
        retentionDays = request.days;
        planUpkeep(1000, false);
        return;
      case 'close':
        clearTimeout(upkeep);
        clearTimeout(settling);
        release();
        return;
      default:
        request satisfies never;
    }
  }

  return { handle };
}

const NEVER_OPENED: LedgerRefusal = { reason: 'unwritable', message: 'the ledger is not open' };

function startOf(ledger: Ledger): LedgerStart {
  const now = Date.now();
  return {
    burns: ledger.burnSince(now - LOOK_BACK_MS, now - 6 * HOUR_MS),
    limits: ledger.latestLimits(now - LOOK_BACK_MS),
    recent: ledger.recent(50),
    agents: ledger.agentsSeen(now - 7 * DAY_MS),
    accounts: ledger.accountsSeen(now - LOOK_BACK_MS),
    sessions: ledger.sessionsSeen(now - LOOK_BACK_MS, 2000),
    rerouted: ledger.rerouted(now - DAY_MS),
    policyRefusals: ledger.policyRefusals(now - 400 * DAY_MS),
    flags: ledger.flags(0, 2000),
    aliases: ledger.aliases(),
    count: ledger.count(),
  };
}

function answer(ledger: Ledger, name: LedgerQuery, args: readonly unknown[]): unknown {
  // The writer's `query` has the same signature as the method it names.
  return (ledger[name] as (...given: readonly unknown[]) => unknown)(...args);
}

function refused({ reason, message }: LedgerRefusal): LedgerReply {
  return { kind: 'refused', reason, message };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
