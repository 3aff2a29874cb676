import type { Exchange } from './exchange.ts';
import type { QuotaWindow } from './quota-window.ts';

/** Whether and how a provider's usage endpoint is asked for an account. */
export interface PollState {
  readonly state: 'off' | 'waiting' | 'ok' | 'backing-off' | 'paused';
  /** One plain sentence; undefined where the state says it all. */
  readonly reason: string | undefined;
  readonly lastAt: number | undefined;
  readonly nextAt: number | undefined;
}

/** One credential's account with one provider. */
export interface AccountView {
  readonly accountKey: string;
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
  readonly ledger: { readonly state: 'ok' | 'off'; readonly path: string };
  readonly notices: readonly Notice[];
}
