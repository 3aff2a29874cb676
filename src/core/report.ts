import type { Operation, Outcome } from './exchange.ts';
import type { PolicyEvent, StrikeView } from './policy-event.ts';

/** How a request ended, as a report counts it: the outcome, or `failed` where the provider answered with an error. */
export type ReportResult = Outcome | 'failed';

/** Requests of one day, account, agent and model that ended alike. */
export interface ReportCount {
  /** UTC day, `2026-09-07`. */
  readonly day: string;
  readonly providerId: string;
  /** '' where no credential was seen. */
  readonly accountKey: string;
  readonly agentId: string;
  /** Served model where known, else the requested one, else `unknown`; `others` beyond the most that are told apart. */
  readonly model: string;
  readonly result: ReportResult;
  readonly requests: number;
  /** Cached ones included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What the agent called itself (`claude-cli/2.1.4`), the first few; absent where no request said. */
  readonly products?: readonly string[] | undefined;
}

/** One request that the provider refused or did not answer. No prompt, no answer. */
export interface ReportFailure {
  readonly id: string;
  readonly at: number;
  readonly providerId: string;
  readonly accountKey: string;
  readonly agentId: string;
  /** `claude-cli/2.1.4`; undefined where the request named none. */
  readonly agentProduct: string | undefined;
  readonly operation: Operation;
  readonly model: string | undefined;
  readonly outcome: Outcome;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly type: string | undefined;
  /** The provider's words, shortened; '' where it gave none. */
  readonly message: string;
  readonly requestId: string | undefined;
  readonly policyCode: string | undefined;
  /** Chat requests of this account under way when it began, itself included; 0 for what is no chat. */
  readonly inFlight: number;
  /** Chat requests of this account that began in the minute up to it, itself included; 0 for what is no chat. */
  readonly perMinute: number;
}

/** Failures of one account that say the same. */
export interface ReportFailureGroup {
  readonly providerId: string;
  readonly accountKey: string;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly type: string | undefined;
  /** As the newest of them said it. */
  readonly message: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** How hard one account was used: chat requests that went out, as this relay counted them; those under way when the span begins too. */
export interface ReportLoad {
  readonly providerId: string;
  readonly accountKey: string;
  readonly requests: number;
  /** Most that were under way at once, and when first. */
  readonly peakInFlight: number;
  readonly peakInFlightAt: number | undefined;
  /** Most that began within one minute, and when first. */
  readonly peakPerMinute: number;
  readonly peakPerMinuteAt: number | undefined;
}

/** Turns of one account that were judged, each once however often it was sent. */
export interface ReportTurns {
  readonly providerId: string;
  readonly accountKey: string;
  /** By the judge alone: coding, unsure, not coding. */
  readonly coding: number;
  readonly unsure: number;
  readonly other: number;
  /** Flagged, and then called coding or dismissed by the user. */
  readonly settled: number;
}

/** What the ledger says of a span. */
export interface LedgerReport {
  /** Inclusive; later than asked for where an older relay says that it is not `complete`. */
  readonly since: number;
  /** Exclusive. */
  readonly until: number;
  /** False where an older relay read only the newest part of the span. */
  readonly complete: boolean;
  /** Oldest day first. */
  readonly counts: readonly ReportCount[];
  readonly load: readonly ReportLoad[];
  /** Most frequent first. */
  readonly groups: readonly ReportFailureGroup[];
  /** The newest ones, newest first. */
  readonly failures: readonly ReportFailure[];
  /** All of the span. */
  readonly failureCount: number;
  /** Absent where an older relay does not tell. */
  readonly turns?: readonly ReportTurns[];
}

export interface ReportAccount {
  readonly providerId: string;
  readonly providerName: string;
  readonly accountKey: string;
  readonly label?: string | undefined;
  readonly planId: string | undefined;
  readonly planName: string | undefined;
  readonly strikes: StrikeView;
  /** All that are known, oldest first. */
  readonly policyEvents: readonly PolicyEvent[];
}

/** Usage, refusals and standing of a span: what `planward report` and the dossier are made of. */
export interface Report extends LedgerReport {
  readonly schema: 'planward.report.v1';
  readonly at: number;
  readonly accounts: readonly ReportAccount[];
}
