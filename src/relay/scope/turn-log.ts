import type { TurnKind, TurnReading } from '../../agents/turn-kind.ts';
import type { Exchange } from '../../core/exchange.ts';
import type { Flag } from '../../core/flag.ts';
import type { Transcript, TranscriptTurn, TranscriptView } from '../../core/transcript.ts';
import type { Verdict } from '../../core/verdict.ts';
import { redactSecrets } from './redact-secrets.ts';

export interface TurnLogDeps {
  /** Whether the user allows that what was asked is kept, in memory. */
  readonly excerpts: () => boolean;
  readonly flags: () => readonly Flag[];
  /** Turn of an open flag. */
  readonly turnOf: (flagId: string) => string | undefined;
}

/** What a request was for, where its body told. */
export interface ReadTurn {
  readonly turn: TurnReading;
  /** Undefined where it is none to judge. */
  readonly verdict: Verdict | undefined;
  readonly turnKey: string;
}

/** The newest turns of the newest sessions, in memory only: no restart brings one back. */
export interface TurnLog {
  add(exchange: Exchange, read: ReadTurn | undefined): void;
  /** Last seen first, at most 20. */
  views(): readonly TranscriptView[];
  /** Undefined where there is none of this id (any more). */
  transcript(id: string): Transcript | undefined;
  /** Settings changed: what may not be kept any more is forgotten. */
  refresh(): void;
}

const SESSIONS = 20;
const TURNS = 200;
const TEXT_MAX = 4000;
const EVIDENCE = 8;
const SAYING: ReadonlySet<string> = new Set(['user-turn', 'sub-agent', 'heartbeat', 'cron'] satisfies TurnKind[]);

interface Session {
  readonly head: Pick<TranscriptView, 'id' | 'agentId' | 'providerId' | 'workspaceKey'>;
  readonly turns: (Omit<TranscriptTurn, 'flagIds'> & { readonly turnKey: string | undefined })[];
  lastAt: number;
  revision: number;
}

export function createTurnLog(deps: TurnLogDeps): TurnLog {
  /** Last seen last. */
  const sessions = new Map<string, Session>();

  function sessionOf(exchange: Exchange): Session {
    const { agentId, providerId, accountKey, sessionKey, workspaceKey } = exchange;
    const id = `${agentId}.${providerId}.${sessionKey ?? accountKey ?? 'none'}`;
    const session = sessions.get(id) ?? {
      head: { id, agentId, providerId, workspaceKey },
      turns: [],
      lastAt: 0,
      revision: 0,
    };
    sessions.delete(id);
    sessions.set(id, session);
    for (const oldest of sessions.keys()) {
      if (sessions.size <= SESSIONS) break;
      sessions.delete(oldest);
    }
    return session;
  }

  /** Open flags by turn. */
  function flagsByTurn(): ReadonlyMap<string, readonly string[]> {
    const byTurn = new Map<string, string[]>();
    for (const { id } of deps.flags()) {
      const turnKey = deps.turnOf(id);
      if (turnKey === undefined) continue;
      const known = byTurn.get(turnKey);
      if (known === undefined) byTurn.set(turnKey, [id]);
      else known.push(id);
    }
    return byTurn;
  }

  function viewOf({ head, turns, lastAt, revision }: Session, flags: ReadonlyMap<string, unknown>): TranscriptView {
    const flagged = new Set(turns.map(({ turnKey }) => turnKey).filter((key) => key !== undefined && flags.has(key)));
    return {
      ...head,
      firstAt: turns[0]?.startedAt ?? lastAt,
      lastAt,
      turns: turns.length,
      flags: flagged.size,
      // A flag that is settled makes it read differently, too.
      revision: revision * 1000 + flagged.size,
    };
  }

  return {
    add(exchange, read) {
      const session = sessionOf(exchange);
      session.turns.push(turnOf(exchange, read, deps.excerpts()));
      session.turns.splice(0, session.turns.length - TURNS);
      session.lastAt = Math.max(session.lastAt, exchange.startedAt + exchange.durationMs);
      session.revision += 1;
    },
    views() {
      const flags = flagsByTurn();
      return [...sessions.values()].toReversed().map((session) => viewOf(session, flags));
    },
    transcript(id) {
      const session = sessions.get(id);
      if (session === undefined) return undefined;
      const flags = flagsByTurn();
      // A turn that was sent several times is flagged where it stands first.
      const open = new Map(flags);
      const turns = session.turns
        .toSorted((a, b) => a.startedAt - b.startedAt)
        .map(({ turnKey = '', ...turn }) => {
          const flagIds = turn.verdict === undefined ? [] : (open.get(turnKey) ?? []);
          if (flagIds.length > 0) open.delete(turnKey);
          return { ...turn, flagIds };
        });
      return { view: viewOf(session, flags), turns };
    },
    refresh() {
      if (deps.excerpts()) return;
      for (const session of sessions.values()) {
        if (session.turns.every(({ text }) => text === undefined)) continue;
        session.turns.splice(0, TURNS, ...session.turns.map(withoutText));
        session.revision += 1;
      }
    },
  };
}

function turnOf(exchange: Exchange, read: ReadTurn | undefined, excerpts: boolean): Session['turns'][number] {
  const { id, startedAt, modelRequested, modelServed, outcome, status, durationMs, usage, error } = exchange;
  const turn = read?.turn;
  // Steps, titles and summaries carry a turn's words once more; they stand where they were said.
  const said = turn !== undefined && SAYING.has(turn.kind) ? turn.text : undefined;
  return {
    id,
    startedAt,
    modelRequested,
    modelServed,
    outcome,
    status,
    durationMs,
    usage,
    kind: turn?.kind,
    errorCode: error?.code ?? error?.type,
    characters: said?.length,
    ...(excerpts && said !== undefined
      ? { text: redactSecrets(said.slice(0, TEXT_MAX + 2000)).slice(0, TEXT_MAX) }
      : {}),
    verdict: read?.verdict === undefined ? undefined : shortened(read.verdict),
    turnKey: read?.turnKey,
  };
}

function withoutText(turn: Session['turns'][number]): Session['turns'][number] {
  const { text, ...rest } = turn;
  return text === undefined ? turn : rest;
}

function shortened(verdict: Verdict): TranscriptTurn['verdict'] {
  const { decision, pOffScope, reason, category, packId, packVersion, ruleId, evidence } = verdict;
  return {
    decision,
    pOffScope,
    reason,
    category,
    packId,
    packVersion,
    ruleId,
    evidence: evidence.slice(0, EVIDENCE),
  };
}
