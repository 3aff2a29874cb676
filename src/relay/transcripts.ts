import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { encodeTime } from 'ulid';
import { transcriptSources } from '../agents/transcripts/list.ts';
import type { Places } from '../core/connection.ts';
import type { Exchange } from '../core/exchange.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import type { WrittenPrompt, WrittenTurn } from '../core/seen-turn.ts';
import type { TurnFilesView } from '../core/snapshot.ts';
import type { Burn } from '../core/usage.ts';
import type { TurnsWritten } from '../ledger/turn-rows.ts';
import { accountKeyOf } from './salt.ts';
import type { TranscriptsNews, TranscriptsOrder, TranscriptsThreadData } from './transcripts-messages.ts';
import type { Owner, OwnerClues } from './whose.ts';

export interface TranscriptsDeps {
  /** `turns`: what persons asked is read too. */
  readonly allowed: () => 'off' | 'usage' | 'turns';
  readonly workerFile: string | URL;
  readonly places: Places;
  readonly marks: string;
  readonly everyMs?: number;
  readonly salt: Uint8Array;
  readonly now: () => number;
  readonly retentionDays: () => number;
  readonly ownerOf: (clues: OwnerClues) => Owner | undefined;
  /** Undefined where the ledger does not take them now. */
  readonly keep: (turns: readonly Exchange[]) => Promise<TurnsWritten | undefined>;
  readonly onTurns: (turns: readonly Exchange[], changes: readonly Burn[]) => void;
  /** What a person asked, and then an answer in that session with whose it is. */
  readonly onPrompt: (agentId: string, prompt: WrittenPrompt) => void;
  readonly onAnswer: (agentId: string, sessionId: string, sessionKey: string, owner: Owner) => void;
  readonly onLimits: (owner: Owner, limits: readonly RateLimit[]) => void;
  readonly onTrouble: (message: string) => void;
  readonly onChange: () => void;
}

export interface Transcripts {
  view(): TurnFilesView;
  /** The setting may have changed. */
  reconsider(): void;
  close(): Promise<void>;
}

/** Turns that are worked on before others get their turn: about a millisecond. */
const SLICE = 50;
/** What was asked longer ago is not read. */
const PROMPTS_MS = 86_400_000;
const EVERY_MS = 10_000;
const RESTART_MS = 60_000;
const MEMORY_MB = 192;
const DAY_MS = 86_400_000;

/** Reads what agents wrote down themselves, in a thread of its own, where the user allowed it. No method throws. */
export function createTranscripts(deps: TranscriptsDeps): Transcripts {
  const sources = new Map(transcriptSources);
  const sessionOf = lastKept((kind, id) => accountKeyOf(deps.salt, kind, id));
  const folderOf = lastKept((kind, path) => accountKeyOf(deps.salt, kind, path));
  let worker: Worker | undefined;
  let restart: NodeJS.Timeout | undefined;
  let closed = false;
  let reads: 'off' | 'usage' | 'turns' = 'off';
  let view: TurnFilesView = OFF;

  function start(): void {
    clearTimeout(restart);
    reads = deps.allowed();
    const workerData: TranscriptsThreadData = {
      role: 'transcripts',
      places: deps.places,
      marks: deps.marks,
      promptsSince: reads === 'turns' ? deps.now() - PROMPTS_MS : undefined,
      everyMs: deps.everyMs ?? EVERY_MS,
    };
    const made = new Worker(deps.workerFile, { workerData, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    worker = made;
    view = { ...OFF, state: 'reading' };
    made.on('message', (news: TranscriptsNews) => {
      if (worker === made) void hear(made, news);
    });
    made.on('error', (error: unknown) => deps.onTrouble(error instanceof Error ? error.message : String(error)));
    made.on('exit', () => {
      if (worker !== made) return;
      worker = undefined;
      view = { ...view, state: 'off' };
      if (!closed) restart = setTimeout(reconsider, RESTART_MS);
    });
  }

  async function hear(from: Worker, news: TranscriptsNews): Promise<void> {
    const { files, bytes, bytesRead } = news;
    view = { ...view, state: news.kind === 'idle' ? 'idle' : 'reading', files, bytes, bytesRead };
    if (news.kind === 'idle') {
      view = { ...view, lastAt: deps.now() };
      deps.onChange();
      return;
    }
    const turns: Exchange[] = [];
    for (const [i, each] of news.found.entries()) {
      if (each.kind === 'turn') turns.push(...exchangeOf(news.agentId, each.turn));
      else if (each.kind === 'prompt') deps.onPrompt(news.agentId, each.prompt);
      // Agents' streams come first: what stands in line is looked after in between.
      if ((i + 1) % SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    if (worker !== from) return;
    const kept = await deps.keep(turns);
    if (worker !== from) return;
    if (kept !== undefined) {
      view = { ...view, turns: view.turns + kept.added, matched: view.matched + kept.matched };
      deps.onTurns(turns, kept.changes);
      for (const each of news.found) {
        if (each.kind !== 'limits') continue;
        const providerId = sources.get(news.agentId)?.providerOf(each.provider, undefined);
        const owner = deps.ownerOf({ agentId: news.agentId, sessionKey: undefined, model: undefined, providerId });
        if (owner !== undefined) deps.onLimits(owner, each.limits);
      }
    }
    order(from, { kind: kept === undefined ? 'later' : 'kept' });
    deps.onChange();
  }

  /** None where its provider cannot be told, or where it is older than what the ledger keeps. */
  function exchangeOf(agentId: string, turn: WrittenTurn): readonly Exchange[] {
    const startedAt = turn.startedAt ?? turn.at;
    if (startedAt < deps.now() - deps.retentionDays() * DAY_MS) return [];
    const { sessionId, folder, model } = turn;
    const sessionKey = sessionId === undefined ? undefined : sessionOf(`session ${agentId}`, sessionId);
    const providerId = sources.get(agentId)?.providerOf(turn.provider, model);
    const owner = deps.ownerOf({ agentId, sessionKey, model, providerId });
    if (owner === undefined) return [];
    if (sessionId !== undefined && sessionKey !== undefined) deps.onAnswer(agentId, sessionId, sessionKey, owner);
    const turnId = accountKeyOf(deps.salt, `turn ${agentId}`, turn.id);
    return [
      {
        id: idOf(startedAt, turnId),
        startedAt,
        providerId: owner.providerId,
        agentId,
        accountKey: owner.accountKey,
        operation: 'chat',
        dialect: undefined,
        modelRequested: undefined,
        modelServed: model,
        streamed: undefined,
        requestReading: 'none',
        outcome: 'completed',
        status: undefined,
        firstByteMs: undefined,
        durationMs: Math.max(0, turn.at - startedAt),
        requestBytes: 0,
        responseBytes: 0,
        usage: turn.usage,
        stopReason: undefined,
        error: undefined,
        kind: turn.kind,
        sessionKey,
        workspaceKey: folder === undefined ? undefined : folderOf('folder', folder),
        responseId: turn.responseId,
        seenBy: 'transcript',
        turnId,
        limits: [],
      },
    ];
  }

  function reconsider(): void {
    if (closed) return;
    const now = deps.allowed();
    if (worker !== undefined && now !== reads) {
      clearTimeout(restart);
      const old = worker;
      worker = undefined;
      view = OFF;
      order(old, { kind: 'close' });
      // The next one goes on where this one leaves off.
      if (now !== 'off') old.once('exit', reconsider);
    } else if (now !== 'off' && worker === undefined) start();
  }

  return {
    view: () => view,
    reconsider,
    async close() {
      closed = true;
      clearTimeout(restart);
      const old = worker;
      worker = undefined;
      if (old === undefined) return;
      const gone = new Promise((resolve) => old.once('exit', resolve));
      order(old, { kind: 'close' });
      const limit = setTimeout(() => void old.terminate(), 2000);
      await gone;
      clearTimeout(limit);
    },
  };
}

const OFF: TurnFilesView = {
  state: 'off',
  files: 0,
  bytes: 0,
  bytesRead: 0,
  turns: 0,
  matched: 0,
  lastAt: undefined,
};

function order(to: Worker, what: TranscriptsOrder): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  to.postMessage(what);
}

/** One answer is kept: turns of a session stand together. */
function lastKept(keyOf: (kind: string, id: string) => string): (kind: string, id: string) => string {
  let last: { readonly kind: string; readonly id: string; readonly key: string } | undefined;
  return (kind, id) => {
    if (last?.kind !== kind || last.id !== id) last = { kind, id, key: keyOf(kind, id) };
    return last.key;
  };
}

/** Sorts by its start like every other id; the same turn always has the same. */
function idOf(startedAt: number, turnId: string): string {
  const digits = createHash('sha256').update(turnId).digest('hex').toUpperCase();
  return `${encodeTime(Math.max(0, Math.floor(startedAt)), 10)}${digits.slice(0, 16)}`;
}
