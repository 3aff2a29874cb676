import { homedir } from 'node:os';
import type { Places } from '../core/connection.ts';
import type { Exchange } from '../core/exchange.ts';
import type { Flag } from '../core/flag.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import type { AccountView, AgentView, HookedAgent, IncidentView, TurnFilesView } from '../core/snapshot.ts';
import type { Burn } from '../core/usage.ts';
import type { StatuslineAsk, StatuslineSays } from '../protocol/statusline-call.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { accountKeyOf } from './salt.ts';
import type { FileTurns } from './scope/file-turns.ts';
import { createSightings } from './sightings.ts';
import { createTranscripts } from './transcripts.ts';
import { createWhose, type SameAccount } from './whose.ts';

export interface OtherWaysDeps {
  readonly salt: Uint8Array;
  readonly workerFile: string | URL;
  /** File that says how far agents' own files were read. */
  readonly marks: string;
  /** File that says by which ways each agent was seen. */
  readonly ways: string;
  readonly places?: Places;
  readonly transcripts: () => 'off' | 'usage' | 'turns';
  /** Judges what only agents' own files tell of. */
  readonly fileTurns: FileTurns;
  readonly retentionDays: () => number;
  readonly ledger: () => LedgerWriter;
  readonly agentName: (agentId: string) => string;
  /** The key that an account counts under now: logins may have been merged. */
  readonly nowOf: (accountKey: string) => string;
  readonly accountNow: (providerId: string, accountKey: string) => AccountView | undefined;
  readonly flags: () => readonly Flag[];
  readonly incidents: () => readonly IncidentView[];
  readonly modeOf: (providerId: string) => string;
  /** Burns to be added to running totals; negative ones take away. */
  readonly onBurns: (burns: readonly Burn[]) => void;
  /** What was this machine's own turned out to be an account that the relay sees. */
  readonly onSameAccount: (same: SameAccount) => void;
  readonly onReading: (providerId: string, accountKey: string, limits: readonly RateLimit[]) => void;
  readonly onTrouble: (message: string) => void;
  readonly onChange: () => void;
  readonly now: () => number;
}

/** How agents are seen beside the relay: their status line, their own files, their hooks. No method throws. */
export interface OtherWays {
  relayed(exchange: Exchange): void;
  remember(burns: readonly Burn[]): void;
  statusline(asked: StatuslineAsk): StatuslineSays;
  /** The agents with the ways in which each is seen. */
  agents(agents: readonly AgentView[], hooked: readonly HookedAgent[]): readonly AgentView[];
  turnFiles(): TurnFilesView;
  reconsider(): void;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const INCIDENT_MS = 10 * 60_000;
const MAX_SESSIONS = 500;

export function createOtherWays(deps: OtherWaysDeps): OtherWays {
  const { salt, now } = deps;
  const machineKey = (providerId: string): string => accountKeyOf(salt, providerId, 'this machine');
  const whose = createWhose(machineKey, deps.nowOf);
  const sightings = createSightings(deps.agentName, deps.ways);
  /** What each session said last: said again, it is no newer than it was. */
  const told = new Map<string, string>();
  const transcripts = createTranscripts({
    allowed: deps.transcripts,
    workerFile: deps.workerFile,
    places: deps.places ?? placesHere(),
    marks: deps.marks,
    salt,
    now,
    retentionDays: deps.retentionDays,
    ownerOf: whose.of,
    keep: (turns) => deps.ledger().query('appendTurns', turns),
    onTurns(turns, changes) {
      for (const { agentId, providerId, startedAt } of turns) {
        sightings.saw('transcript', agentId, providerId, startedAt);
      }
      deps.onBurns(changes);
    },
    onPrompt: deps.fileTurns.asked,
    onAnswer: (agentId, sessionId, sessionKey, owner) =>
      deps.fileTurns.answered(agentId, sessionId, owner, whose.carries(sessionKey)),
    onLimits: ({ providerId, accountKey }, limits) => deps.onReading(providerId, accountKey, limits),
    onTrouble: deps.onTrouble,
    onChange: deps.onChange,
  });

  function heed(asked: StatuslineAsk, accountKey: string, at: number): void {
    const { agentId, providerId, limits, sessionId = '' } = asked;
    const said = JSON.stringify(limits);
    if (limits.length === 0 || told.get(`${agentId} ${sessionId}`) === said) return;
    told.set(`${agentId} ${sessionId}`, said);
    for (const key of told.keys()) if (told.size > MAX_SESSIONS) told.delete(key);
    deps.onReading(
      providerId,
      accountKey,
      limits.map(({ policy, usedFraction, windowMs, resetsAt }) => ({
        policy,
        unit: 'share',
        limit: undefined,
        remaining: undefined,
        used: undefined,
        usedFraction,
        windowMs,
        resetsAt,
        model: undefined,
        seenAt: at,
        source: 'statusline',
      })),
    );
    deps.onChange();
  }

  return {
    relayed(exchange) {
      const same = whose.relayed(exchange);
      if (same !== undefined) deps.onSameAccount(same);
      sightings.saw('relay', exchange.agentId, exchange.providerId, exchange.startedAt);
    },
    remember(burns) {
      whose.remember(burns);
      transcripts.reconsider();
    },
    statusline(asked) {
      const at = now();
      const { agentId, sessionId, model } = asked;
      const sessionKey = sessionId === undefined ? undefined : accountKeyOf(salt, `session ${agentId}`, sessionId);
      // Figures of a provider's own plan are that provider's; without any, the line is about whatever the agent uses.
      const owner =
        asked.limits.length === 0
          ? whose.of({ agentId, sessionKey, model, providerId: undefined })
          : whose.of({ agentId, sessionKey, model: undefined, providerId: asked.providerId });
      if (owner !== undefined) {
        sightings.saw('statusline', agentId, owner.providerId, at);
        heed({ ...asked, providerId: owner.providerId }, owner.accountKey, at);
      }
      const windows = owner === undefined ? [] : (deps.accountNow(owner.providerId, owner.accountKey)?.windows ?? []);
      const incident = deps
        .incidents()
        .find((each) => each.agentId === agentId && each.recoveredAt === undefined && each.lastAt > at - INCIDENT_MS);
      return {
        windows: windows.map(({ id, windowMs, usedFraction, resetsAt, forecast }) => ({
          id,
          windowMs,
          usedFraction,
          resetsAt,
          pace: forecast?.pace,
          exhaustsAt: forecast?.exhaustsAt,
        })),
        flags: deps.flags().filter((flag) => flag.agentId === agentId && flag.at > at - DAY_MS).length,
        mode: deps.modeOf(owner?.providerId ?? asked.providerId),
        incident:
          incident === undefined
            ? undefined
            : { title: incident.explanation.title, code: incident.explanation.code, at: incident.lastAt },
      };
    },
    agents(agents, hooked) {
      for (const { agentId, providerId, lastSeenAt } of hooked) sightings.saw('hook', agentId, providerId, lastSeenAt);
      return sightings.with(agents);
    },
    turnFiles: transcripts.view,
    reconsider: transcripts.reconsider,
    async close() {
      sightings.close();
      await transcripts.close();
    },
  };
}

function placesHere(): Places {
  const platform = process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
  return { env: { ...process.env }, userHome: homedir().replace(/[/\\]+$/, ''), platform };
}
