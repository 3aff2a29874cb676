/** Everything the next poll of one account depends on. */
export interface PollFacts {
  readonly now: number;
  readonly minIntervalMs: number;
  readonly allowed: boolean;
  readonly lastPollAt: number | undefined;
  readonly lastTrafficAt: number;
  /** Failures in a row since the last good answer. */
  readonly failures: number;
  /** The provider refused the credential, or knows no plan of it; it has not changed since. */
  readonly refused: 'auth' | 'no-plan' | undefined;
  /** 0..1, drawn once per poll. */
  readonly jitter: number;
}

export type PollDecision =
  | { readonly kind: 'off' | 'paused' | 'idle' }
  /** Ask at this instant (now, where it has passed). */
  | { readonly kind: 'at'; readonly at: number };

const FIRST_DELAY_MS = 2_000;
const IDLE_AFTER_MS = 30 * 60_000;
const NO_PLAN_MS = 24 * 60 * 60_000;
const MAX_BACK_OFF_MS = 60 * 60_000;

/**
 * When to ask a usage endpoint next. First match:
 *
 * | facts | decision |
 * | --- | --- |
 * | the user switched it off | off |
 * | the credential was refused | paused until another one is seen |
 * | no plan, no traffic for a day | idle |
 * | no plan | once a day: one may have been bought since |
 * | never asked | 2 s after the first traffic |
 * | no traffic since the last answer, for 30 minutes | idle: ask again when traffic comes |
 * | failed n times | interval x 2^n, at most an hour, plus up to 20 % |
 * | no traffic since the last answer | three intervals |
 * | else | one interval, plus up to 20 % |
 */
export function nextPoll(facts: PollFacts): PollDecision {
  if (!facts.allowed) return { kind: 'off' };
  if (facts.refused === 'auth') return { kind: 'paused' };
  if (facts.refused === 'no-plan' && facts.lastPollAt !== undefined) {
    if (facts.now - facts.lastTrafficAt > NO_PLAN_MS) return { kind: 'idle' };
    return { kind: 'at', at: facts.lastPollAt + NO_PLAN_MS * (1 + 0.2 * facts.jitter) };
  }
  if (facts.lastPollAt === undefined) return { kind: 'at', at: facts.lastTrafficAt + FIRST_DELAY_MS };
  const quiet = facts.lastTrafficAt <= facts.lastPollAt;
  if (quiet && facts.now - facts.lastTrafficAt > IDLE_AFTER_MS) return { kind: 'idle' };
  const factor = facts.failures > 0 ? 2 ** facts.failures : quiet ? 3 : 1;
  const interval = Math.min(facts.minIntervalMs * factor, Math.max(MAX_BACK_OFF_MS, facts.minIntervalMs));
  return { kind: 'at', at: facts.lastPollAt + interval * (1 + 0.2 * facts.jitter) };
}
