import type { Decision } from './verdict.ts';

/** What became of a flag. `coding` and `dismissed` are the user's word; they count no more. */
export type FlagState = 'open' | 'coding' | 'dismissed';

/** One out-of-scope turn as the ledger keeps it: no text. */
export interface Flag {
  readonly at: number;
  readonly providerId: string;
  readonly accountKey: string;
  readonly agentId: string;
  readonly ruleId: string;
  readonly decision: Decision;
  /** Same for the requests of one turn: retries and tool steps are one flag. */
  readonly turnKey: string;
  readonly state: FlagState;
}

/** A violation that the provider itself said: an error with a policy code. */
export interface ConfirmedStrike {
  readonly at: number;
  readonly providerId: string;
  readonly accountKey: string;
  readonly code: string;
}

/** Where an account stands under its plan's terms, as far as can be seen from here. */
export interface StrikeCount {
  readonly accountKey: string;
  readonly providerId: string;
  /** Spells the provider confirmed: errors less than an hour apart are one. */
  readonly confirmed: number;
  /** Open flags of our own, one a turn. */
  readonly ownFlags: number;
  readonly byRule: Readonly<Record<string, number>>;
  /** The plan's own number ("more than three"); absent where none is published. */
  readonly moreThan: number | undefined;
  /** What the terms say of it; absent with the number. */
  readonly note: string | undefined;
  readonly lastAt: number;
}
