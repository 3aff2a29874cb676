import type { CreditRate, Plan } from '../core/plan.ts';
import type { Burn } from '../core/usage.ts';
import { createPeakClock } from './peak.ts';

/** Tokens that a plan's credit rate is said for. */
const TOKENS_PER_RATE = 10_000;

/** What one request and one token cost in the plan's unit. One object per distinct price, so it can be a map's key. */
export interface Price {
  /** Sorts prices the same way everywhere. */
  readonly key: string;
  readonly perRequest: number;
  readonly perInput: number;
  readonly perCached: number;
  readonly perOutput: number;
}

/** The price of a burn at its minute; undefined where the plan says none. */
export type Pricer = (burn: Burn) => Price | undefined;

interface DatedPrice {
  readonly from: number;
  readonly until: number;
  readonly peak: Price;
  readonly offPeak: Price;
}

/**
 * Prices in credits: (input x in + cached x cachedIn + output x out) / 10,000 x peak or off-peak factor. The rate is the
 * longest model prefix among those valid on that day. Undefined where the plan has no credit rates.
 */
export function createCreditPricer(plan: Plan | undefined): Pricer | undefined {
  if (plan === undefined || plan.creditRates.length === 0) return undefined;
  const { peak } = plan;
  return createPricer(
    plan,
    plan.creditRates.map((rate) => ({
      model: rate.model,
      from: rate.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(rate.from),
      until: rate.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(rate.until),
      peak: creditPrice(rate, peak?.peakFactor ?? 1),
      offPeak: creditPrice(rate, peak?.offPeakFactor ?? 1),
    })),
  );
}

/** Prices in prompts: a model call is a fixed part of a prompt, times the model's factor. Undefined without a prompt rule. */
export function createPromptPricer(plan: Plan | undefined): Pricer | undefined {
  const rule = plan?.prompts;
  if (plan === undefined || rule === undefined || rule.callsPerPrompt <= 0) return undefined;
  const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const factors = [...rule.factors, { model: '', peak: 1, offPeak: 1 }];
  return createPricer(
    plan,
    factors.map(({ model, peak, offPeak }) => ({
      ...always,
      model,
      peak: promptPrice(peak / rule.callsPerPrompt),
      offPeak: promptPrice(offPeak / rule.callsPerPrompt),
    })),
  );
}

/** Looks each model up once. */
function createPricer(plan: Plan, prices: readonly (DatedPrice & { readonly model: string })[]): Pricer {
  const isPeak = plan.peak === undefined ? () => true : createPeakClock(plan.peak);
  const byModel = new Map<string, readonly DatedPrice[]>();
  return (burn) => {
    let candidates = byModel.get(burn.model);
    if (candidates === undefined) {
      const name = burn.model.toLowerCase();
      candidates = prices
        .filter(({ model }) => name.startsWith(model))
        .toSorted((a, b) => b.model.length - a.model.length);
      byModel.set(burn.model, candidates);
    }
    const at = burn.minuteAt;
    const valid = candidates.find(({ from, until }) => at >= from && at < until);
    if (valid === undefined) return undefined;
    return isPeak(at) ? valid.peak : valid.offPeak;
  };
}

function creditPrice(rate: CreditRate, factor: number): Price {
  const per = factor / TOKENS_PER_RATE;
  return {
    key: `${rate.model} ${rate.from ?? ''} ${factor}`,
    perRequest: 0,
    perInput: rate.input * per,
    perCached: rate.cachedInput * per,
    perOutput: rate.output * per,
  };
}

function promptPrice(perRequest: number): Price {
  return { key: String(perRequest), perRequest, perInput: 0, perCached: 0, perOutput: 0 };
}
