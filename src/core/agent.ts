import type { AgentConnection } from './connection.ts';
import type { Headers } from './provider.ts';
import type { Patience } from './patience.ts';
import type { RefusalShape } from './refusal.ts';

/** What an agent can be recognised by before the body is read. */
export interface AgentClues {
  readonly headers: Headers;
  /** First part of the request body as latin1 text, at most 64 KB; empty where none came yet. */
  readonly bodyStart: string;
  /** Names in `bodyStart` that can be tools', where they were looked for already. */
  readonly toolNames?: ReadonlySet<string>;
}

/**
 * Words by which an agent's own requests can be told from its user's. `system` marks are looked for anywhere in the
 * system prompt, `text` marks anywhere in the newest user message as it was sent.
 */
export interface TurnMarks {
  readonly title?: { readonly system?: readonly string[]; readonly text?: readonly string[] };
  readonly compaction?: { readonly system?: readonly string[]; readonly text?: readonly string[] };
  readonly classifier?: { readonly system?: readonly string[] };
  readonly heartbeat?: { readonly text?: readonly string[] };
  readonly cron?: { readonly text?: readonly string[] };
  readonly subAgent?: {
    /** Header names, lower case, that only sub-agents send. */
    readonly headers?: readonly string[];
    readonly system?: readonly string[];
    readonly text?: readonly string[];
    /** Tools that only a sub-agent declares. */
    readonly tools?: readonly string[];
  };
  /** User messages that repeat an earlier, unanswered one. */
  readonly retry?: { readonly text?: readonly string[] };
}

/** Where an agent's request says which conversation it belongs to, and which folder the agent works in. */
export interface SessionMarks {
  /** Header fields that hold the session's id, lower case, first choice first: a helper's parent before the helper itself. */
  readonly headers?: readonly string[];
  /** The id in the parsed body, looked at where no header has it. Never throws. */
  readonly ofBody?: (body: Readonly<Record<string, unknown>>) => string | undefined;
  /** Words right before the id in the body's text, first choice first. */
  readonly idAfter?: readonly string[];
  /** Words right before the folder's path in the body's text, first choice first. */
  readonly folderAfter?: readonly string[];
}

/** A coding agent as data and pure recognisers. One file each in `agents/`. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  /** 0..1; 0 where nothing speaks for it. */
  recognise(clues: AgentClues): number;
  readonly turns?: TurnMarks;
  /** Absent where its requests name neither session nor folder. */
  readonly session?: SessionMarks;
  /** How it shows an answer of ours; spoken where absent, which every agent but Roo Code takes. */
  readonly refusal?: RefusalShape;
  /** How long it waits and what it makes of being told to wait; absent where nobody has looked. */
  readonly patience?: Patience;
  /** How it is pointed at the relay and back; absent where nobody found a way. */
  readonly connection?: AgentConnection;
}
