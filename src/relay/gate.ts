import type { Outcome } from '../core/exchange.ts';
import type { HeldReply } from './held-response.ts';
import type { OwnAnswer } from './own-answer.ts';

/**
 * Stands before one request where the user asked for it (warn, hold and block modes, the pacer, a paused agent, a budget).
 * In observe mode there is none, and no byte waits for anything.
 */
export interface Gate {
  /** The decision needs the whole body (up to 16 MB; a longer one is decided without). */
  readonly wantsBody: boolean;
  /** Called once. Never rejects. */
  decide(body: Buffer | undefined): Promise<GateDecision>;
  /** The exchange is over, or the agent went away while it waited. Called once. */
  over(outcome: Outcome): void;
}

export type GateDecision =
  | { readonly go: true; readonly patience?: Patience | undefined }
  | { readonly go: false; readonly answer: OwnAnswer };

/** Waits out refusals before the agent sees them. */
export interface Patience {
  /** Told the status of each answer; true where it can be such a refusal. */
  wants(status: number): boolean;
  /** Undefined: pass it on. Else resolves when to try again (`true`) or to pass it on after all. Never rejects. */
  again(reply: HeldReply): Promise<boolean> | undefined;
}
