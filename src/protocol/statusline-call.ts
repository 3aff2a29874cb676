import type { Text } from '../core/text.ts';

/**
 * `POST statusline` of the control API, for a program that starts every few hundred milliseconds: no zod here, which takes
 * longer to load than it may take in all.
 */
export const STATUSLINE_PATH = '/_planward/v1/statusline';

/** What an agent's status line command was handed: figures the agent itself has from its provider. */
export interface StatuslineAsk {
  readonly agentId: string;
  readonly providerId: string;
  /** The agent's own id of the conversation; hashed at once. */
  readonly sessionId?: string | undefined;
  readonly model?: string | undefined;
  readonly limits: readonly StatuslineLimit[];
}

export interface StatuslineLimit {
  readonly policy: string;
  readonly usedFraction: number;
  readonly windowMs?: number | undefined;
  readonly resetsAt?: number | undefined;
}

/** What one line has to say. Absent is unknown. */
export interface StatuslineSays {
  readonly windows: readonly {
    readonly id: string;
    readonly windowMs?: number | undefined;
    readonly usedFraction?: number | undefined;
    readonly resetsAt?: number | undefined;
    readonly pace?: number | undefined;
    readonly exhaustsAt?: number | undefined;
  }[];
  /** Flags of this agent in the last 24 hours. */
  readonly flags: number;
  /** What is done about turns outside the terms: `observe`, `warn`, `hold`, `block`. */
  readonly mode: string;
  /** This agent's newest one, in the last ten minutes. */
  readonly incident?: { readonly title: Text; readonly code?: string | undefined; readonly at: number } | undefined;
}
