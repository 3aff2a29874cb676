/** What an allowance is counted in. `share` is a bare fraction: the provider says how much is used, not of what. */
export type QuotaUnit = 'requests' | 'tokens' | 'prompts' | 'credits' | 'usd-micros' | 'share';

/** Where a figure was read. */
export type LimitSource = 'header' | 'body' | 'usage-api' | 'statusline' | 'transcript';

/**
 * What a provider *said* about one allowance, once. Every figure may be absent: absent is unknown, never 0.
 * `usedFraction` is 0..1, and may pass 1.
 */
export interface RateLimit {
  /** The provider's own name for the allowance, stable between readings (`five_hour`, `credits-5h`). */
  readonly policy: string;
  readonly unit: QuotaUnit;
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  readonly used: number | undefined;
  readonly usedFraction: number | undefined;
  readonly windowMs: number | undefined;
  readonly resetsAt: number | undefined;
  /** Model the allowance is scoped to; undefined for all models. */
  readonly model: string | undefined;
  readonly seenAt: number;
  readonly source: LimitSource;
}
