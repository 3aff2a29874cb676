import type { Severity } from './policy-pack.ts';
import type { Category, Evidence } from './verdict.ts';

/**
 * What is done about turns outside a plan's terms.
 *
 * | mode | a turn that touches a rule |
 * | --- | --- |
 * | `observe` | goes out at once and is judged after that |
 * | `warn` | goes out, and is told as soon as it came |
 * | `hold` | waits for the user's word, then for the default |
 * | `block` | is answered in our name, once |
 *
 * `hold` and `block` act only where the wording itself is plainly outside the terms.
 */
export type ScopeMode = 'observe' | 'warn' | 'hold' | 'block';

/** Provider id (`zai`) or plan (`zai/glm-coding-pro`) -> mode. */
export type ScopeModes = Readonly<Record<string, ScopeMode>>;

/** The mode for a request: its plan's own where one is set, else its provider's, else `observe`. */
export function modeOf(modes: ScopeModes, providerId: string, planId?: string): ScopeMode {
  return (planId === undefined ? undefined : modes[`${providerId}/${planId}`]) ?? modes[providerId] ?? 'observe';
}

/** What becomes of a held turn when nobody says a word. */
export type HoldDefault = 'send' | 'stop';

/** The user's word: `coding` sends it and teaches that prompts like it are coding. */
export type HoldAnswer = HoldDefault | 'coding';

/** A turn that waits for the user's word. */
export interface HoldView {
  readonly id: string;
  readonly since: number;
  /** When the default applies. */
  readonly untilAt: number;
  readonly byDefault: HoldDefault;
  readonly agentId: string;
  readonly providerId: string;
  readonly packId: string;
  readonly packVersion: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly category: Category | undefined;
  readonly pOffScope: number;
  /** Largest terms first, at most five. Holds words of the prompt, so it lives in memory only. */
  readonly evidence: readonly Evidence[];
}
