import type { ErrorClass, Remedy, RetryAdvice } from './error-code.ts';
import type { Source } from './plan.ts';
import type { QuotaWindow } from './quota-window.ts';
import type { Text } from './text.ts';

/** A request that did not get what it asked for, as far as the answer says. Absent is unknown. */
export interface Failure {
  readonly providerId: string | undefined;
  readonly status: number | undefined;
  /** Business code as text (`1302`); absent where none was given. */
  readonly code: string | undefined;
  /** Type word (`rate_limit_error`). */
  readonly type: string | undefined;
  /** The provider's words, shortened, nothing secret in them. */
  readonly message: string;
  /** Other telling words of the body: a reason, a quota's name. Lower case. */
  readonly hints: readonly string[];
  readonly resetsAt: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;
  readonly inStream: boolean;
  /** True where the answer was a page of markup, not an API's error. */
  readonly markup: boolean;
}

/**
 * What was going on around a failure. Every part may be absent: absent is not looked at, which is not the same as none.
 * "This key" is the account and the model of the request that failed.
 */
export interface FailureContext {
  /** Requests of this key under way when it was refused, this one included. */
  readonly inFlight?: number | undefined;
  /** Requests of this key in the minute before, this one included. */
  readonly requestsPerMinute?: number | undefined;
  /** Most requests of this key that were under way at once and accepted, within the last quarter of an hour. */
  readonly acceptedInFlight?: number | undefined;
  /** How many of `inFlight` were side requests: titles, summaries, safety checks. */
  readonly sideRequests?: number | undefined;
  /** What a request got that had the key to itself, at this time. */
  readonly lone?: 'refused' | 'accepted' | undefined;
  /** How long this key has been refused. */
  readonly refusedForMs?: number | undefined;
  /** Requests of this key that went through since the refusals began. */
  readonly passedMeanwhile?: number | undefined;
  readonly windows?: readonly QuotaWindow[] | undefined;
  readonly peak?: { readonly now: boolean } | undefined;
  /** What other traffic through this relay got at the same time. */
  readonly platform?: PlatformPattern | undefined;
  /** Present where the request was searched for sentences by which the provider tells clients. */
  readonly identity?: { readonly gatedPhrase: string | undefined } | undefined;
  /** Every request of this client was refused, whatever it asked. */
  readonly clientAlwaysRefused?: boolean | undefined;
  /** Requests of other clients with the same key went through at the same time. */
  readonly otherClientsPass?: boolean | undefined;
  /** What the plan's terms say of the tool that sent the request. */
  readonly toolSupport?: 'supported' | 'best-effort' | 'not-listed' | undefined;
  /** Off-scope flags of this account in the day before. */
  readonly offScopeFlags?: number | undefined;
  /** Refusals by which the provider itself said that its terms were not kept. */
  readonly policyStops?: { readonly count: number; readonly lastAt: number } | undefined;
  /** What the path draws on. */
  readonly endpoint?: 'plan' | 'balance' | undefined;
  /** What the key is for, where its shape or the user tells. */
  readonly keyKind?: 'plan' | 'balance' | 'team' | undefined;
  /** Where the same key was accepted before; empty where it never was. */
  readonly keyWorkedOn?: readonly KeyPlace[] | undefined;
  /** The instant of the failure. */
  readonly now?: number | undefined;
  readonly planEndsAt?: number | undefined;
  /** This machine's clock minus the provider's, from the answer's `Date`. */
  readonly clockSkewMs?: number | undefined;
  /** True where requests leave through a proxy. */
  readonly outboundProxy?: boolean | undefined;
  /** How many requests were refused, and within which span. */
  readonly refusals?: { readonly count: number; readonly overMs: number } | undefined;
  /** Names for people. */
  readonly providerName?: string | undefined;
  readonly agentName?: string | undefined;
  readonly model?: string | undefined;
  /** IANA name of the zone instants are shown in; UTC where absent. */
  readonly timeZone?: string | undefined;
}

/** Where a key was accepted: here, or on another address of the same vendor. */
export type KeyPlace = 'here' | 'plan-endpoint' | 'balance-endpoint' | 'other-region';

export interface PlatformPattern {
  /** Models of this provider that were asked, and how many of them were refused. */
  readonly modelsAsked: number;
  readonly modelsRefused: number;
  /** Other accounts of this provider that were refused; undefined where there is no other. */
  readonly otherAccountsRefused?: number | undefined;
  /** Other providers that failed at the same time. */
  readonly otherProvidersFailing?: number | undefined;
}

/** `stated`: the provider says so itself. */
export type Likelihood = 'stated' | 'likely' | 'possible' | 'unlikely';

export interface RankedCause {
  readonly cause: string;
  readonly name: Text;
  readonly likelihood: Likelihood;
  /** 0..1, for ranking; not a measured probability. */
  readonly score: number;
  readonly speaksFor: readonly Text[];
  readonly speaksAgainst: readonly Text[];
  readonly remedies: readonly Remedy[];
}

/** What an error means, for a person. */
export interface Explanation {
  /** The catalogue's code, else the provider's own, else `unknown`. */
  readonly code: string;
  /** False where no catalogue holds it. */
  readonly known: boolean;
  readonly class: ErrorClass;
  readonly title: Text;
  /** What happened, in one sentence with numbers. */
  readonly headline: Text;
  readonly why: Text;
  /** Most likely first, never empty. */
  readonly causes: readonly RankedCause[];
  readonly remedies: readonly Remedy[];
  readonly notKnown: readonly Text[];
  readonly retry: { readonly advice: RetryAdvice; readonly text: Text };
  /** When to try again, where that is known. */
  readonly retryAt: number | undefined;
  /** The page of the code, `docs/errors/…`. */
  readonly page: string | undefined;
  readonly links: readonly string[];
  readonly sources: readonly Source[];
  /** The provider's error in one line, redacted. */
  readonly raw: string;
}

/** One try of one turn. `failure` is undefined where it went through. */
export interface Attempt {
  readonly id: string;
  readonly at: number;
  readonly providerId: string;
  readonly accountKey: string | undefined;
  readonly agentId: string;
  readonly model: string | undefined;
  /** The same for every try of a turn (a hash or the size of the body); undefined where not known. */
  readonly turnKey: string | undefined;
  /** What its agent named itself in the request (`claude-cli/2.1.4`); absent where it gave no version. */
  readonly product?: string | undefined;
  readonly failure: Failure | undefined;
  readonly context: FailureContext;
}

export interface TimelineEntry {
  readonly id: string;
  readonly at: number;
  readonly turnKey: string | undefined;
  readonly status: number | undefined;
  readonly outcome: 'refused' | 'passed';
}

/** Failures that belong together, explained once. */
export interface Incident {
  /** Id of its first failed exchange. */
  readonly id: string;
  readonly providerId: string;
  readonly accountKey: string | undefined;
  readonly agentId: string;
  /** What its agent named itself (`claude-cli/2.1.4`), oldest first, at most four; absent where it gave no version. */
  readonly products?: readonly string[] | undefined;
  readonly model: string | undefined;
  readonly startedAt: number;
  readonly lastAt: number;
  /** A failure after this instant begins a new incident. */
  readonly openUntil: number;
  /** Failed tries, and the turns they belong to. */
  readonly attempts: number;
  readonly turns: number;
  /** When a refused turn went through after all; undefined where none did yet. */
  readonly recoveredAt: number | undefined;
  /** Oldest first, the first 20 and the last 40. */
  readonly timeline: readonly TimelineEntry[];
  readonly failure: Failure;
  readonly context: FailureContext;
  readonly explanation: Explanation;
}
