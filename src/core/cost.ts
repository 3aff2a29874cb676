import type { Source } from './plan.ts';

/** What a vendor's API takes for a model's tokens, in US dollars per million tokens. */
export interface ApiPrice {
  /** Lower-case model id without vendor prefix; it also holds for longer ids that go on with a separator. The longest wins. */
  readonly model: string;
  readonly input: number;
  /** Tokens read from the cache; `input` where absent. */
  readonly cachedInput?: number;
  /** Tokens written to the cache; `input` where absent. */
  readonly cacheWrite?: number;
  readonly output: number;
  /** Requests whose prompt is longer cost so many times as much, answer included. Absent: all lengths cost the same, or nobody says. */
  readonly longer?: { readonly overTokens: number; readonly factor: number };
  /** From Monday to Friday in these hours of UTC, `[from, until)`, everything costs so many times as much. */
  readonly peak?: { readonly hours: readonly (readonly [from: number, until: number])[]; readonly factor: number };
  readonly source: Source;
}

/**
 * What the same tokens would cost at API prices. Not what anybody is billed.
 * `usdMicros` is undefined where no model's price is known; where only some are, it is the part that is known and `complete`
 * is false.
 */
export interface CostEquivalent {
  readonly usdMicros: number | undefined;
  readonly complete: boolean;
  /** Models that were used and have no price, sorted. */
  readonly unpriced: readonly string[];
}
