import type { Severity } from './policy-pack.ts';
import type { Category, Decision, Evidence } from './verdict.ts';

/**
 * What Planward did with it.
 * - `passed`: it went out and was judged after that.
 * - `warned`: it went out and was told as it came.
 * - `sent`, `stopped`: it was held; the user's word or the default (`heldBy`) sent it, or had it answered in our name.
 * - `blocked`: it was answered in our name without a question.
 */
export type FlagActed = 'passed' | 'warned' | 'sent' | 'stopped' | 'blocked';

/** Who ended a hold: the user, the clock, or nobody, since no window was there to ask. */
export type HeldBy = 'user' | 'time' | 'nobody';

/** A request that touches a rule of its plan's terms, as far as Planward can tell: a risk, not the provider's verdict. */
export interface Flag {
  readonly id: string;
  readonly at: number;
  readonly exchangeId: string;
  readonly providerId: string;
  readonly accountKey: string | undefined;
  readonly agentId: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly packId: string;
  readonly packVersion: string;
  readonly decision: Decision;
  readonly pOffScope: number;
  readonly category: Category | undefined;
  /** One plain English clause: what was seen. */
  readonly because: string;
  /** Largest terms first, at most five. Holds words of the prompt, so it lives in memory only: after a restart those without any are left. */
  readonly evidence: readonly Evidence[];
  readonly acted: FlagActed;
  /** Only where it was held. */
  readonly heldBy?: HeldBy | undefined;
}
