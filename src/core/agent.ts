import type { Headers } from './provider.ts';

/** What an agent can be recognised by before the body is read. */
export interface AgentClues {
  readonly headers: Headers;
  /** First part of the request body as latin1 text, at most 64 KB; empty where none came yet. */
  readonly bodyStart: string;
}

/** A coding agent as data and pure recognisers. One file each in `agents/`. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  /** 0..1; 0 where nothing speaks for it. */
  recognise(clues: AgentClues): number;
}
