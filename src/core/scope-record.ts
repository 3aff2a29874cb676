import type { Evidence, Verdict } from './verdict.ts';
import type { Flag } from './flag.ts';
import type { FlagState } from './strike.ts';

/** A judged turn as the ledger keeps it: no text, and nothing that holds words of it. */
export interface JudgedTurn extends Pick<
  Verdict,
  'decision' | 'reason' | 'pOffScope' | 'category' | 'ruleId' | 'packId' | 'packVersion'
> {
  /** Salted hash of the turn: its steps and retries are one. */
  readonly turnKey: string;
  readonly at: number;
  readonly providerId: string;
  readonly accountKey: string | undefined;
  readonly agentId: string;
}

/** A flag as the ledger keeps it: of its evidence only what quotes no prompt. */
export interface KeptFlag extends Flag {
  readonly turnKey: string;
  readonly state: FlagState;
  /** When the user spoke; undefined while it is open. */
  readonly settledAt: number | undefined;
  /** What the user gave as the reason. */
  readonly reason: string | undefined;
}

/** What scope watching writes down. */
export type ScopeRow =
  | { readonly kind: 'judged'; readonly turn: JudgedTurn }
  | { readonly kind: 'flag'; readonly flag: KeptFlag }
  | {
      readonly kind: 'settled';
      readonly flagId: string;
      readonly state: FlagState;
      readonly at: number;
      readonly reason: string | undefined;
    };

const TEXTLESS: readonly Evidence['where'][] = ['tools', 'client', 'system', 'setting'];

/** Terms whose words are Planward's own; those found in a turn may quote it. */
export function withoutText(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence
    .filter(({ where }) => TEXTLESS.includes(where))
    .map(({ feature, weight, where }) => ({ feature, weight, where }));
}
