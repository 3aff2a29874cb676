import type { PolicyPack } from './policy-pack.ts';
import type { CostEquivalent } from './cost.ts';
import type { Exchange } from './exchange.ts';
import type { Flag } from './flag.ts';
import type { Incident } from './incident.ts';
import type { StrikeView } from './policy-event.ts';
import type { HoldView, ScopeModes } from './scope-mode.ts';
import type { TranscriptView } from './transcript.ts';
import type { QuotaWindow } from './quota-window.ts';
import type { SeenWay } from './seen-turn.ts';

/** Whether and how a provider's usage endpoint is asked for an account. */
export interface PollState {
  readonly state: 'off' | 'waiting' | 'ok' | 'backing-off' | 'paused';
  /** One plain sentence; undefined where the state says it all. */
  readonly reason: string | undefined;
  readonly lastAt: number | undefined;
  readonly nextAt: number | undefined;
}

/** Requests for one model that another one served. */
export interface Rerouting {
  readonly requested: string;
  readonly served: string;
  readonly count: number;
  readonly lastAt: number;
}

/** One credential's account with one provider. */
export interface AccountView {
  readonly accountKey: string;
  /** What the user calls it; absent where the user gave it no name. */
  readonly label?: string | undefined;
  readonly providerId: string;
  /** `Z.AI` */
  readonly providerName: string;
  readonly planId: string | undefined;
  readonly planName: string | undefined;
  /** Word for the status bar. */
  readonly shortName: string;
  readonly windows: readonly QuotaWindow[];
  readonly peak: { readonly now: boolean; readonly untilAt: number } | undefined;
  readonly poll: PollState;
  /** Use since the first of this month (UTC) at API prices; absent where there was none. */
  readonly month?: { readonly startsAt: number; readonly cost: CostEquivalent } | undefined;
  /** In the last 24 hours, most frequent first; empty or absent where there was none. */
  readonly rerouted?: readonly Rerouting[];
  /** Absent where an older relay does not tell. */
  readonly strikes?: StrikeView | undefined;
  readonly lastSeenAt: number;
  readonly inFlight: number;
}

export interface AgentView {
  readonly agentId: string;
  readonly agentName: string;
  readonly providerId: string;
  readonly lastSeenAt: number;
  readonly inFlight: number;
  readonly requests: number;
  /** Held on the user's word, with so many requests waiting. */
  readonly paused: boolean;
  readonly held: number;
  /** By which ways it is seen, since the relay started; absent where an older relay does not tell. */
  readonly ways?: readonly SeenVia[] | undefined;
}

/** One way in which an agent is seen, and when last. */
export interface SeenVia {
  readonly way: SeenWay;
  readonly lastAt: number;
}

/** How far agents' own files are read. */
export interface TurnFilesView {
  readonly state: 'off' | 'reading' | 'idle';
  readonly files: number;
  /** New bytes of the last look, and how many of them are read. */
  readonly bytes: number;
  readonly bytesRead: number;
  /** Since the relay started: turns only these files told of, and turns the relay had carried too. */
  readonly turns: number;
  readonly matched: number;
  /** When everything there was had been read. */
  readonly lastAt: number | undefined;
}

/** An agent whose own hook asked about prompts since the relay started. */
export interface HookedAgent {
  readonly agentId: string;
  readonly agentName: string;
  readonly providerId: string;
  readonly lastSeenAt: number;
  /** Prompts somebody wrote; what the agent itself submits is not counted. */
  readonly turns: number;
  readonly stopped: number;
}

/** One conversation of an agent, under a salted hash of its own id. */
export interface SessionView {
  readonly sessionKey: string;
  readonly agentId: string;
  readonly workspaceKey: string | undefined;
  /** Of what is remembered: at most 35 days back, after a restart by the quarter hour. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** A folder agents work in. */
export interface WorkspaceView {
  readonly workspaceKey: string;
  /** Last part of its path. In memory only: absent after a restart until its next request. */
  readonly name: string | undefined;
  readonly lastAt: number;
}

/** One queue of the pacer: requests of one key and model. */
export interface PacedLane {
  readonly providerId: string;
  readonly accountKey: string;
  readonly model: string;
  readonly slots: number;
  readonly inFlight: number;
  readonly waiting: number;
  /** 0 where it does not rest. */
  readonly restUntilAt: number;
}

/** A guard of the user's own that stands before an account's requests now. */
export interface GuardStanding {
  readonly providerId: string;
  readonly accountKey: string;
  readonly stop: 'budget' | 'peak';
  /** Of a budget. */
  readonly windowId: string | undefined;
  /** When it ends by itself; undefined where nobody says. */
  readonly untilAt: number | undefined;
  /** Requests that wait for that. */
  readonly held: number;
  /** The user lets requests go on until then. */
  readonly lifted: boolean;
}

/** All traffic of a key that the provider stopped for its terms is kept back until the user lifts it. */
export interface StoppedKey {
  readonly providerId: string;
  readonly accountKey: string;
  readonly code: string;
  readonly since: number;
}

/** Something the user should know about the relay itself. `code` is stable, `text` is one plain English sentence. */
export interface Notice {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly at: number;
}

/** A finished exchange as lists show it: no path, no text. */
export type ExchangeView = Pick<
  Exchange,
  | 'id'
  | 'startedAt'
  | 'providerId'
  | 'agentId'
  | 'operation'
  | 'modelRequested'
  | 'modelServed'
  | 'outcome'
  | 'status'
  | 'durationMs'
  | 'firstByteMs'
  | 'usage'
  | 'error'
>;

/** An incident as surfaces show it: explained, without what it was reckoned from. */
export type IncidentView = Omit<Incident, 'failure' | 'context'>;

/** The one thing every surface draws. */
export interface Snapshot {
  readonly schema: 'planward.status.v1';
  readonly at: number;
  readonly relay: {
    readonly version: string;
    readonly pid: number;
    readonly port: number;
    readonly startedAt: number;
    readonly draining: boolean;
  };
  readonly accounts: readonly AccountView[];
  readonly agents: readonly AgentView[];
  /** Newest first, at most 50. */
  readonly recent: readonly ExchangeView[];
  readonly inFlight: number;
  readonly exchanges: number;
  /** Newest first, at most 20. */
  readonly incidents: readonly IncidentView[];
  /** Newest first, at most 50. */
  readonly flags: readonly Flag[];
  /** Policy packs the user wrote, as the relay goes by them. Absent where an older relay does not tell. */
  readonly userPacks?: readonly PolicyPack[] | undefined;
  /** Turns that wait for the user's word, oldest first. Absent where an older relay does not tell, as the next two. */
  readonly holds?: readonly HoldView[] | undefined;
  readonly modes?: ScopeModes | undefined;
  /** Sessions whose turns can be read, last seen first, at most 20. */
  readonly transcripts?: readonly TranscriptView[] | undefined;
  /** Those that windows name, and the newest; last seen first. Absent where an older relay does not tell. */
  readonly sessions?: readonly SessionView[];
  readonly workspaces?: readonly WorkspaceView[];
  readonly paced: readonly PacedLane[];
  readonly stopped: readonly StoppedKey[];
  /** Providers whose requests are queued; absent where an older relay does not tell. */
  readonly pacedProviders?: readonly string[];
  /** Guards that are reached now; absent where an older relay does not tell. */
  readonly guarded?: readonly GuardStanding[];
  /** Last seen first; absent where an older relay does not tell. */
  readonly hooked?: readonly HookedAgent[];
  /** Absent where an older relay does not tell. */
  readonly turnFiles?: TurnFilesView | undefined;
  readonly ledger: { readonly state: 'ok' | 'off'; readonly path: string };
  readonly notices: readonly Notice[];
}
