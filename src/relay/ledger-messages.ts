import type { AccountAlias } from '../core/account-alias.ts';
import type { Exchange } from '../core/exchange.ts';
import type { ExchangeView } from '../core/snapshot.ts';
import type { KeptFlag, ScopeRow } from '../core/scope-record.ts';
import type { ConfirmedStrike } from '../core/strike.ts';
import type { Burn } from '../core/usage.ts';
import type { AccountSeen, AgentSeen, SessionSeen } from '../ledger/burn-rows.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { AccountLimits } from '../ledger/limit-rows.ts';
import type { ReroutedRow } from '../ledger/rerouted-rows.ts';
import type { LedgerTrouble } from '../ledger/sqlite.ts';

/** What the ledger's thread is started with. */
export interface LedgerThreadData {
  readonly role: 'ledger';
  readonly path: string;
  readonly retentionDays: number;
  /** How long a statement waits for another program's lock. */
  readonly busyTimeoutMs: number;
}

/** What the relay needs of the past when it starts. Empty where there is none, or no ledger. */
export interface LedgerStart {
  /** 35 days: minutes in the last six hours, quarter hours before. Oldest first. */
  readonly burns: readonly Burn[];
  /** Latest readings of the last 35 days. */
  readonly limits: readonly AccountLimits[];
  /** Newest first, at most 50. */
  readonly recent: readonly ExchangeView[];
  /** Seen in the last seven days, last seen first. */
  readonly agents: readonly AgentSeen[];
  /** Seen in the last 35 days, refused ones too. */
  readonly accounts: readonly AccountSeen[];
  /** Seen in the last 35 days, last seen first, at most 2,000. */
  readonly sessions: readonly SessionSeen[];
  /** In the last 24 hours. */
  readonly rerouted: readonly ReroutedRow[];
  /** Of the last 400 days, newest first. */
  readonly policyRefusals: readonly ConfirmedStrike[];
  /** Newest first, at most 2,000; settled ones too, so that no turn is flagged twice. */
  readonly flags: readonly KeptFlag[];
  readonly aliases: readonly AccountAlias[];
  readonly count: number;
}

export type LedgerQuery =
  | 'burnSince'
  | 'latestLimits'
  | 'recent'
  | 'agentsSeen'
  | 'rerouted'
  | 'count'
  | 'check'
  | 'report'
  | 'history'
  | 'exchanges'
  | 'policyRefusals'
  | 'appendTurns';
export type LedgerAnswer<Q extends LedgerQuery> = ReturnType<Ledger[Q]>;

export type LedgerRequest =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'append';
      readonly exchanges: readonly Exchange[];
      readonly limits: readonly AccountLimits[];
      readonly scope: readonly ScopeRow[];
      readonly aliases: readonly AccountAlias[];
    }
  | { readonly kind: 'query'; readonly id: number; readonly name: LedgerQuery; readonly args: readonly unknown[] }
  | { readonly kind: 'retention'; readonly days: number }
  | { readonly kind: 'close' };

export interface LedgerRefusal {
  readonly reason: LedgerTrouble;
  readonly message: string;
}

/** `open` is answered by `opened` or `refused`, `append` by `written` or `refused`, `query` by `answer`. */
export type LedgerReply =
  | { readonly kind: 'opened'; readonly start: LedgerStart }
  /** `changes`: burns of turns that are counted as these exchanges now, negative. */
  | { readonly kind: 'written'; readonly rejected: number; readonly changes: readonly Burn[] }
  | ({ readonly kind: 'refused' } & LedgerRefusal)
  /** `value` is undefined where the ledger could not be read. */
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  /** A damaged file was renamed and a new one begun. */
  | { readonly kind: 'set-aside'; readonly movedTo: string; readonly message: string }
  /** The file was deleted or replaced under the running relay, and is opened anew. */
  | { readonly kind: 'gone' };
