import type { DialectId, Operation, ProviderError } from './exchange.ts';
import type { Plan } from './plan.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Usage } from './usage.ts';

/** Header fields as they came, `[name, value]` in order, case kept. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** First value of a field, name compared without case; undefined where absent. */
export function header(headers: Headers, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, value] of headers) if (key.length === wanted.length && key.toLowerCase() === wanted) return value;
  return undefined;
}

/** What a provider's route table says of a request. */
export interface RouteReading {
  readonly operation: Operation;
  readonly dialect: DialectId | undefined;
  /** Model, where the path names it; absent where the body does. */
  readonly model?: string | undefined;
}

/** What a usage endpoint's answer says. Never throws; what is missing is absent. */
export type QuotaReading =
  | { readonly ok: true; readonly limits: readonly RateLimit[]; readonly tier: string | undefined }
  | { readonly ok: false; readonly reason: 'auth' | 'no-plan' | 'unreadable'; readonly message: string };

/** How to ask a provider how much of a plan is used, with the credential seen on the user's own traffic. */
export interface QuotaPoll {
  /** Path on the provider's upstream, query included. */
  readonly path: string;
  /** Origin of the vendor's that answers it where the upstream does not; unused where the user re-pointed the upstream. */
  readonly origin?: string;
  readonly minIntervalMs: number;
  /** Header fields for a credential, first choice first; the next is tried where the answer is an auth error. */
  headers(credential: string): readonly Headers[];
  read(status: number, body: string, now: number): QuotaReading;
  /** True where this request's path belongs to the plan the endpoint reports on. */
  covers(path: string): boolean;
  /** False for credentials the endpoint is known not to take (an API key where it wants a login's token); absent: it takes all. */
  takes?(credential: string): boolean;
}

/**
 * A program of the vendor's on this machine that says how much of a plan is used. It is asked instead of the vendor, on
 * loopback, and only where the user switched that on.
 */
export interface LocalMeter {
  readonly minIntervalMs: number;
  /** What a process is asked with, where it is such a program; undefined for any other. `args` begin with the program. */
  recognise(args: readonly string[]): { readonly token: string | undefined } | undefined;
  /** Asked by POST. */
  readonly path: string;
  readonly body: string;
  headers(token: string | undefined): Headers;
  /** Never throws. `unreadable` for any other port of the same process. */
  read(status: number, body: string, now: number): QuotaReading;
}

/** A model-API vendor as data and pure readers. One file each in `providers/`. */
export interface Provider {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  /** Origin requests go to, no trailing slash: `https://api.z.ai`. */
  readonly upstream: string;
  /** False where requests are never sent on, because the vendor's terms forbid what that could be taken for. */
  readonly relayed?: false;
  readonly plans: readonly Plan[];
  /** `path` is the provider's own path without query. */
  route(method: string, path: string): RouteReading;
  /** The secret part of the credential (`Bearer ` removed); undefined where the request carries none. */
  credential(headers: Headers, url: string): string | undefined;
  /**
   * What names the account where the credential changes while the account stays (tokens renewed every hour). To be hashed in
   * the credential's place; undefined or absent: the credential names it.
   */
  accountId?(headers: Headers): string | undefined;
  /**
   * The same where only the request's parsed body names the account. Undefined where it does not, or where the credential is of
   * a kind that is billed by itself. Never throws.
   */
  accountIdOfBody?(credential: string, body: Readonly<Record<string, unknown>>): string | undefined;
  /** Whether a credential is the login of a subscription and no API key; absent where they cannot be told apart. */
  isLogin?(credential: string): boolean;
  readLimits(status: number, headers: Headers, now: number): readonly RateLimit[];
  /** An error body in any shape this provider uses; undefined where the text is no error. Never throws. */
  readError(status: number, body: string): ProviderError | undefined;
  /**
   * Limits said in a body: an error body, or the data of one event of a stream. Asked for every event, so it looks for a
   * word before it parses. Absent where this provider says none there. Never throws.
   */
  readBodyLimits?(text: string, now: number): readonly RateLimit[];
  readonly poll: QuotaPoll | undefined;
  /** Absent where the vendor has no such program. */
  readonly local?: LocalMeter;
}

/** What a response said, read from its body. */
export interface ResponseReading {
  readonly usage: Usage | undefined;
  readonly modelServed: string | undefined;
  /** The provider's own id of this answer (`msg_…`, `resp_…`); absent where the dialect is not read for one. */
  readonly responseId?: string | undefined;
  readonly stopReason: string | undefined;
  readonly error: ProviderError | undefined;
  /** True where the dialect's own end mark was seen (`message_stop`, `[DONE]`, a whole JSON body). */
  readonly complete: boolean;
}

/** Reads one response of a dialect. Fed with server-sent events or with one whole JSON text. Never throws. */
export interface DialectReader {
  event(name: string | undefined, data: string): void;
  json(text: string): void;
  reading(): ResponseReading;
}

/** Something Planward itself says in an assistant's place, where that is the only way an agent shows it. */
export interface Utterance {
  /** Unique among answers. */
  readonly id: string;
  readonly text: string;
  readonly model: string;
  readonly streamed: boolean;
  readonly at: number;
  /** Said as a call of this tool, for agents that take a plain answer for a mistake. Dialects that cannot, ignore it. */
  readonly tool?: { readonly name: string; readonly input: Readonly<Record<string, unknown>> };
}

export interface SpokenAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** A wire format shared by vendors. One file each in `providers/dialects/`. */
export interface Dialect {
  readonly id: DialectId;
  createReader(): DialectReader;
  /** Error body in this dialect for an answer that Planward itself gives. */
  errorBody(status: number, message: string): { readonly contentType: string; readonly body: string };
  /** A whole, successful answer that says `text` and counts no tokens. */
  speak(utterance: Utterance): SpokenAnswer;
}
