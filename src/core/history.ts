import type { QuotaUnit } from './rate-limit.ts';

/** Widths a history can be asked in. */
export const HISTORY_BUCKETS = ['5m', '15m', '1h', '6h', '1d'] as const;
export type HistoryBucket = (typeof HISTORY_BUCKETS)[number];

/** What burns are told apart by. `all` is their sum. */
export const HISTORY_DIMS = ['agent', 'model', 'kind', 'session', 'workspace'] as const;
export type HistoryDim = (typeof HISTORY_DIMS)[number];

/** One line of a chart: a figure for every bucket. */
export interface HistorySeries {
  /** Agent id, model, kind, or salted key; `unknown` where traffic did not tell, `other` for many small ones together. */
  readonly id: string;
  /** Name for people, where there is one: an agent's, a folder's last part, for a session that of its agent. */
  readonly name?: string | undefined;
  /** Of a session: when it was first seen. */
  readonly firstAt?: number | undefined;
  /** Tokens in each bucket, cached ones included. */
  readonly tokens: readonly number[];
  readonly requests: readonly number[];
}

/** How full one allowance was. */
export interface HistoryWindow {
  /** As in the Snapshot where it is one of its windows, else the provider's own name. */
  readonly id: string;
  readonly windowMs: number | undefined;
  readonly model: string | undefined;
  /** The fullest reading of each bucket as a fraction; `null` where nothing was read. */
  readonly used: readonly (number | null)[];
  /** The present window, where its beginning is known. `points` are `[at, fraction]`, oldest first. */
  readonly cycle:
    | { readonly startsAt: number; readonly resetsAt: number; readonly points: readonly (readonly [number, number])[] }
    | undefined;
  /** How much one percent of the allowance held, oldest first. */
  readonly capacity: readonly CapacityPoint[];
  readonly capacityUnit: Extract<QuotaUnit, 'credits' | 'tokens' | 'requests'> | undefined;
}

/**
 * What one percent of an allowance was worth in one cycle: our own count between two readings, divided by the percents between
 * them. It is an upper or lower bound where the account was also used elsewhere.
 */
export interface CapacityPoint {
  /** The cycle's last reading. */
  readonly at: number;
  readonly perPercent: number;
  /** Fraction of the allowance between the two readings: the more, the surer. */
  readonly over: number;
}

/** Refusals of one hour with one code. */
export interface HistoryFailure {
  readonly at: number;
  /** The provider's code, else its word, else the status; `no-answer` where there was none. */
  readonly code: string;
  readonly count: number;
  /** True where the provider said that its terms were not kept. */
  readonly policy: boolean;
}

export interface HistoryFlag {
  readonly at: number;
  readonly ruleId: string;
  readonly category: string | undefined;
}

/** What an account did in a span, in buckets: what the dashboard draws. Absent is unknown, never 0. */
export interface History {
  readonly schema: 'planward.history.v1';
  readonly at: number;
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly bucket: HistoryBucket;
  /** Start of every bucket; each ends where the next begins, the last at `to`. */
  readonly starts: readonly number[];
  /** The first hour the ledger knows of this account; undefined where it knows none. */
  readonly knownFrom: number | undefined;
  readonly account: {
    readonly providerId: string;
    readonly accountKey: string;
    readonly providerName: string;
    readonly planName: string | undefined;
    readonly label?: string | undefined;
  };
  /** Largest first; at most nine of each, the rest added up as `other`. */
  readonly burn: Readonly<Record<HistoryDim, readonly HistorySeries[]>>;
  /** 168 hours of the week in the asked zone, Monday 00:00 first. */
  readonly week: {
    readonly tokens: readonly number[];
    readonly requests: readonly number[];
    /** True where the plan's full price holds in this week; absent where the plan has no peak hours. */
    readonly peak?: readonly boolean[] | undefined;
  };
  readonly windows: readonly HistoryWindow[];
  /** Oldest first, at most 500. */
  readonly failures: readonly HistoryFailure[];
  /** Oldest first, at most 200. */
  readonly flags: readonly HistoryFlag[];
  readonly cost: {
    /** At API prices, micro-dollars in each bucket; models without a price count nothing. */
    readonly usdMicros: readonly number[];
    /** Undefined where no model's price is known. */
    readonly totalUsdMicros: number | undefined;
    readonly unpriced: readonly string[];
    /** The plan's price a month; undefined where not known. */
    readonly planUsdMicros: number | undefined;
  };
}
