import type { ConfigFormat, KeyPath, Places } from './connection.ts';

/** What an agent hands its status line command. Absent is unknown. */
export interface StatusLineInput {
  readonly sessionId: string | undefined;
  /** As people know it. */
  readonly modelName: string | undefined;
  readonly modelId: string | undefined;
  /** 0..1 of the context window. */
  readonly contextFraction: number | undefined;
  /** What the agent reckons the session would cost at API prices. */
  readonly costUsd: number | undefined;
  /** Of the provider's own plan; empty where the agent has none. */
  readonly limits: readonly {
    readonly policy: string;
    readonly usedFraction: number;
    readonly windowMs: number;
    readonly resetsAt: number | undefined;
  }[];
}

/** How an agent's status line is fed and set up. Pure data and readers. */
export interface AgentStatusLine {
  readonly agentId: string;
  /** Provider whose plan the figures are of. */
  readonly providerId: string;
  /** Undefined where the input is none of this agent's. Never throws. */
  read(input: unknown): StatusLineInput | undefined;
  /** Files that may hold it, first choice first: the first that exists, else the first. */
  files(places: Places): readonly { readonly path: string; readonly format: ConfigFormat }[];
  /** Where the object stands that describes it. */
  readonly path: KeyPath;
  /** Key of the command within that object, and the whole object where there is none yet. */
  readonly commandKey: string;
  describe(command: string): unknown;
}
