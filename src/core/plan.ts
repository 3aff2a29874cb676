import type { QuotaUnit } from './rate-limit.ts';

/** Where a fact about a vendor comes from. */
export interface Source {
  /** Page or report it was read in. */
  readonly url: string;
  /** ISO date it was read, `2026-09-07`. */
  readonly readOn: string;
  /** What is doubtful about it; absent where nothing is. */
  readonly doubt?: string;
}

/** Credits per 10,000 tokens of a model, valid from `from` (inclusive) until `until` (exclusive), ISO dates in UTC. */
export interface CreditRate {
  /** Lower-case prefix of the model id; the longest match wins. */
  readonly model: string;
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  readonly from?: string;
  readonly until?: string;
  readonly source: Source;
}

/** Hours in which the full price holds; outside them `offPeakFactor` applies. Hours are local to `utcOffset`. */
export interface PeakHours {
  /** ISO weekdays, 1 = Monday. */
  readonly weekdays: readonly number[];
  readonly startHour: number;
  readonly endHour: number;
  /** Fixed offset such as `+08:00`. */
  readonly utcOffset: string;
  readonly peakFactor: number;
  readonly offPeakFactor: number;
  readonly source: Source;
}

/** How prompts are weighed on plans that count prompts. */
export interface PromptRule {
  /** Model calls that make up one prompt, as the provider's own estimate says. */
  readonly callsPerPrompt: number;
  /** Factor by lower-case model prefix; the longest match wins; 1 where none matches. */
  readonly factors: readonly { readonly model: string; readonly peak: number; readonly offPeak: number }[];
  readonly source: Source;
}

/** One allowance of a plan. */
export interface PlanWindow {
  /** Stable id within all plans of a provider: `five-hour`, `week`, `month`. */
  readonly id: string;
  readonly unit: QuotaUnit;
  readonly kind: 'rolling' | 'fixed' | 'calendar';
  readonly windowMs: number;
  readonly limit: number | undefined;
  /** Where a calendar window's midnight is, `+08:00`; UTC where absent. */
  readonly utcOffset?: string;
  readonly source: Source;
}

/** A subscription as its vendor describes it. Data only. */
export interface Plan {
  readonly id: string;
  /** `GLM Coding Plan Pro` */
  readonly name: string;
  /** Word for the status bar, `GLM`. */
  readonly shortName: string;
  /** Tier words the provider's usage API uses for this plan, lower case. */
  readonly tiers: readonly string[];
  readonly windows: readonly PlanWindow[];
  readonly creditRates: readonly CreditRate[];
  readonly peak: PeakHours | undefined;
  readonly prompts: PromptRule | undefined;
  /** USD micros a month, undefined where not known. */
  readonly priceUsdMicros: number | undefined;
}
