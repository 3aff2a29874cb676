import type { Severity } from './policy-pack.ts';
import type { Category, Decision, Evidence } from './verdict.ts';

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
  /** Largest terms first, at most five. Holds words of the prompt, so it lives in memory only. */
  readonly evidence: readonly Evidence[];
  /** What Planward did: let it pass, or answered in its own name. */
  readonly acted: 'passed' | 'blocked';
}
