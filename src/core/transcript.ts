import type { Exchange } from './exchange.ts';
import type { Verdict } from './verdict.ts';

/** One agent's session as it can be read live. Where traffic names no session, an agent with one account is one. */
export interface TranscriptView {
  readonly id: string;
  readonly agentId: string;
  readonly providerId: string;
  /** Salted hash of the folder the agent works in; absent where traffic did not tell. */
  readonly workspaceKey?: string | undefined;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Turns kept, steps and side requests included. */
  readonly turns: number;
  /** Open flags among them. */
  readonly flags: number;
  /** Another number whenever it reads differently. */
  readonly revision: number;
}

/** One request of a session. */
export interface TranscriptTurn extends Pick<
  Exchange,
  'id' | 'startedAt' | 'modelRequested' | 'modelServed' | 'outcome' | 'status' | 'durationMs' | 'usage'
> {
  /** What the request was for (`user-turn`, `title`, `tool-result` …); absent where its body did not tell. */
  readonly kind: string | undefined;
  readonly errorCode: string | undefined;
  /** UTF-16 length of what the user wrote; absent where the request brought nothing of the user's. */
  readonly characters: number | undefined;
  /** What the user wrote, secrets taken out, cut to 4,000 characters; only while the user allows excerpts. */
  readonly text?: string | undefined;
  readonly verdict: TurnVerdict | undefined;
  /** Open flags of this turn. */
  readonly flagIds: readonly string[];
}

export type TurnVerdict = Pick<
  Verdict,
  'decision' | 'pOffScope' | 'reason' | 'category' | 'packId' | 'packVersion' | 'ruleId' | 'evidence'
>;

/** A transcript with its turns, oldest first. */
export interface Transcript {
  readonly view: TranscriptView;
  readonly turns: readonly TranscriptTurn[];
}
