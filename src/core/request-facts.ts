/** What kind of client sends a request: one made for coding, an assistant for everything, or not known. */
export type ClientKind = 'coding' | 'general' | 'unknown';

/**
 * What a request is for.
 * - `user-turn`: somebody typed it.
 * - `sub-agent`: a model wrote it for a helper of its own.
 * - `scheduled`: a heartbeat or cron turn, without a person.
 * - `side`: titles, classifiers, compaction: never judged.
 */
export type TurnKind = 'user-turn' | 'sub-agent' | 'scheduled' | 'side';

/**
 * What was seen about the way a request came.
 * - `unattended`: a heartbeat, cron job or CI run sent it.
 * - `batch`: many requests of one template in a short time.
 * - `raw-api`: a bare SDK or HTTP client instead of a coding tool.
 * - `forwarded`: it passed somebody else's gateway before it came here.
 * - `several-people`: several people use one credential.
 * - `foreign-login`: a subscription login of one program used by another.
 */
export type Signal = 'unattended' | 'batch' | 'raw-api' | 'forwarded' | 'several-people' | 'foreign-login';

/** All that the scope engine may know of one request. Absent means not known, never "none". */
export interface RequestFacts {
  /** Newest user turn, without what the agent wraps around it. */
  readonly text: string;
  /** Earlier user turns of the same session, newest first; three are used. */
  readonly previous?: readonly string[];
  /** Names of the tools the request declares. */
  readonly tools?: readonly string[];
  /** Id of the agent, `unknown` or absent where nobody was recognised. */
  readonly client?: string;
  readonly clientKind?: ClientKind;
  /** First part of the system prompt. */
  readonly system?: string;
  readonly turn?: TurnKind;
  /** Names of files that came with the turn. */
  readonly files?: readonly string[];
  readonly signals?: readonly Signal[];
}

/** How plainly a signal was seen: `possible` where an innocent cause looks the same. */
export type SignalConfidence = 'likely' | 'possible';

/** A signal with what speaks for it: plain English clauses that name no credential, no address and no word of a prompt. */
export interface SeenSignal {
  readonly signal: Signal;
  readonly confidence: SignalConfidence;
  readonly evidence: readonly string[];
}
