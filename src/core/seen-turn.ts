import type { RateLimit } from './rate-limit.ts';
import type { BurnKind, Usage } from './usage.ts';

/** Ways in which Planward sees an agent, most reliable first. */
export type SeenWay = 'relay' | 'hook' | 'statusline' | 'transcript';

export const SEEN_WAYS: readonly SeenWay[] = ['relay', 'hook', 'statusline', 'transcript'];

/** One answer of a model as an agent wrote it down in its own files. No text. */
export interface WrittenTurn {
  /** The agent's own identity of it, the same in every copy of the file: message id, and request id where there is one. */
  readonly id: string;
  /** When it was written down: at the answer's end, or while it came. */
  readonly at: number;
  /** When the request began; undefined where the file does not tell. */
  readonly startedAt: number | undefined;
  readonly model: string | undefined;
  /** The agent's own name of the provider; undefined where the file does not tell. */
  readonly provider: string | undefined;
  readonly usage: Usage;
  /** The provider's own id of the answer; undefined where the file does not tell. */
  readonly responseId: string | undefined;
  readonly sessionId: string | undefined;
  readonly folder: string | undefined;
  readonly kind: BurnKind | undefined;
}

/** What a person asked, as an agent wrote it down: read only where the user allowed it. */
export interface WrittenPrompt {
  readonly at: number;
  readonly sessionId: string;
  /** Without what the agent put around it. */
  readonly text: string;
  /** True where nobody was there to type it. */
  readonly scheduled: boolean;
}

/** What a reader found in an agent's files. */
export type Written =
  | { readonly kind: 'turn'; readonly turn: WrittenTurn }
  | { readonly kind: 'prompt'; readonly prompt: WrittenPrompt }
  /** What the provider said of its allowances, as the agent wrote it down. */
  | { readonly kind: 'limits'; readonly provider: string | undefined; readonly limits: readonly RateLimit[] };
