import type { RateLimit } from './rate-limit.ts';
import type { BurnKind, Usage } from './usage.ts';

/** What the request asks the provider for. `other` is anything a provider's route table does not name. */
export type Operation = 'chat' | 'count-tokens' | 'models' | 'probe' | 'other';

/** The wire format of a request and its response. */
export type DialectId = 'anthropic-messages' | 'openai-chat' | 'openai-responses' | 'gemini';

/**
 * How an exchange ended.
 * - `completed`: the whole response reached the agent, whatever its status.
 * - `refused`: Planward answered itself (not in observe mode).
 * - `upstream-failed`: no response, or one that was cut before its end.
 * - `aborted`: the agent went away first.
 * - `absorbed`: the provider refused, Planward waited it out and sent the same request again (pacer).
 */
export type Outcome = 'completed' | 'refused' | 'upstream-failed' | 'aborted' | 'absorbed';

/** How well the request body was understood: `none` had no body, `unread` was forwarded but is not what the dialect says. */
export type RequestReading = 'read' | 'unread' | 'none';

/** An error as the provider said it, in the provider's own words, shortened. Never holds prompt text by intent. */
export interface ProviderError {
  /** Business code as a string (`1302`), absent where the provider gave none. */
  readonly code: string | undefined;
  /** Type word (`rate_limit_error`), absent where none was given. */
  readonly type: string | undefined;
  /** At most 300 characters, control characters removed. */
  readonly message: string;
  /** True where the error came inside a stream that had begun with status 200. */
  readonly inStream: boolean;
}

/** One request and its response. Spans in ms, instants in ms since epoch. `undefined` means not known. */
export interface Exchange {
  /** ULID; sorts by start time. */
  readonly id: string;
  readonly startedAt: number;
  readonly providerId: string;
  /** `unknown` where no agent was recognised. */
  readonly agentId: string;
  /** Salted hash of the credential; undefined where the request carried none. */
  readonly accountKey: string | undefined;
  readonly operation: Operation;
  readonly dialect: DialectId | undefined;
  readonly modelRequested: string | undefined;
  readonly modelServed: string | undefined;
  readonly streamed: boolean | undefined;
  readonly requestReading: RequestReading;
  readonly outcome: Outcome;
  readonly status: number | undefined;
  readonly firstByteMs: number | undefined;
  readonly durationMs: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly usage: Usage | undefined;
  readonly stopReason: string | undefined;
  readonly error: ProviderError | undefined;
  /** The provider's own id of this request; kept only where it answered with an error and named one. */
  readonly requestId?: string | undefined;
  /** First product of the `User-Agent` (`claude-cli/2.1.4`); undefined where no product with a version leads it. */
  readonly agentProduct?: string | undefined;
  /** The catalogue's code (`1313`), where the answer says that the provider acted on its terms. */
  readonly policyCode?: string | undefined;
  /** What it was for; absent where the body did not tell. */
  readonly kind?: BurnKind | undefined;
  /** Salted hash of the agent's session; absent where traffic did not tell. */
  readonly sessionKey?: string | undefined;
  /** Salted hash of the folder the agent works in; absent where traffic did not tell. */
  readonly workspaceKey?: string | undefined;
  /** The provider's own id of its answer; absent where it gave none or the dialect is not read for one. */
  readonly responseId?: string | undefined;
  /** Absent: the relay carried it. `transcript`: only the agent's own files tell of it, and spans and sizes are 0. */
  readonly seenBy?: 'transcript' | undefined;
  /** Identity of the turn in the agent's own files, once one was found there (see seen-turn.ts). */
  readonly turnId?: string | undefined;
  readonly limits: readonly RateLimit[];
}
