/**
 * Tokens of one exchange, in one meaning for all dialects (OpenTelemetry GenAI conventions):
 * `inputTokens` includes the cached ones, `outputTokens` includes reasoning.
 */
export interface Usage {
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  /** Part of `outputTokens`; 0 where the provider does not report it apart. */
  readonly reasoningTokens: number;
  /** `partial`: the stream ended before the final figures; `estimated`: counted by us, not by the provider. */
  readonly exactness: 'reported' | 'estimated' | 'partial';
}

/**
 * What requests are for, as attribution tells it: a person's turns and their steps, helpers a model started, what runs
 * without a person (heartbeats, cron jobs), or the agent's own side requests (titles, classifiers, compaction).
 */
export type BurnKind = 'main' | 'sub-agent' | 'scheduled' | 'overhead';

export const BURN_KINDS: readonly BurnKind[] = ['main', 'sub-agent', 'scheduled', 'overhead'];

/** Tokens of one account, model, agent and session within one minute: what the quota engine folds. */
export interface Burn {
  /** Start of the minute, ms since epoch. */
  readonly minuteAt: number;
  readonly providerId: string;
  readonly accountKey: string;
  /** Served model where known, else the requested one, else `unknown`. */
  readonly model: string;
  readonly agentId: string;
  /** Absent where traffic did not tell. */
  readonly kind?: BurnKind | undefined;
  /** Salted hash of the agent's session; absent where traffic did not tell. */
  readonly sessionKey?: string | undefined;
  /** Salted hash of the folder it works in; absent where traffic did not tell. */
  readonly workspaceKey?: string | undefined;
  readonly requests: number;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

export const MINUTE_MS = 60_000;

/** Start of the minute that `at` falls in. */
export function minuteOf(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}
