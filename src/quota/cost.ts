import type { ApiPrice, CostEquivalent } from '../core/cost.ts';
import { modelStem } from '../core/model-name.ts';
import type { Burn } from '../core/usage.ts';

/** What burns from `fromAt` (inclusive) on would cost; undefined where there are none. */
export type CostOf = (burns: readonly Burn[], fromAt: number) => CostEquivalent | undefined;

/** A price, wherever it comes from. */
export type Rates = Omit<ApiPrice, 'source'>;

/** Tokens of one model, as they are priced. */
interface Tokens {
  fresh: number;
  cacheRead: number;
  cacheWrite: number;
  output: number;
}

/**
 * Prices tokens as the vendors' APIs would: dollars per million tokens are micro-dollars per token. The first of `prices`
 * with the model's stem holds, so what the user set goes first. A model without a price makes the answer incomplete, or
 * unknown where it is the only one: never 0. Whole tokens are added up per model and multiplied once, so that order and
 * batches of burns change nothing. Pure; never throws.
 */
export function createCostOf(prices: readonly Rates[]): CostOf {
  const byStem = new Map<string, Rates>();
  for (const price of prices) {
    const stem = modelStem(price.model);
    if (!byStem.has(stem)) byStem.set(stem, price);
  }
  const priceOf = (model: string): Rates | undefined => byStem.get(modelStem(model));
  return (burns, fromAt) => {
    const models = tokensByModel(burns, fromAt, priceOf);
    if (models.size === 0) return undefined;
    const unpriced: string[] = [];
    let usd = 0;
    let priced = 0;
    for (const [model, { price, byFactor }] of [...models].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (price === undefined) {
        unpriced.push(model);
        continue;
      }
      priced += 1;
      for (const [factor, tokens] of [...byFactor].toSorted(([a], [b]) => a - b)) {
        usd +=
          factor *
          (tokens.fresh * price.input +
            tokens.cacheRead * (price.cachedInput ?? price.input) +
            tokens.cacheWrite * (price.cacheWrite ?? price.input) +
            tokens.output * price.output);
      }
    }
    return {
      usdMicros: priced === 0 ? undefined : Math.round(usd),
      complete: unpriced.length === 0,
      unpriced,
    };
  };
}

const HOUR_MS = 3_600_000;

/**
 * How many times its price a burn costs. A burn sums requests of one minute (or quarter hour), agent and session: its mean
 * prompt stands for the length of each.
 */
function factorOf(price: Rates | undefined, burn: Burn): number {
  if (price?.longer === undefined && price?.peak === undefined) return 1;
  const { longer, peak } = price;
  const long = longer !== undefined && burn.inputTokens > longer.overTokens * Math.max(1, burn.requests);
  return (long ? longer.factor : 1) * (peak !== undefined && isPeak(peak, burn.minuteAt) ? peak.factor : 1);
}

function isPeak({ hours }: NonNullable<Rates['peak']>, at: number): boolean {
  const day = new Date(at).getUTCDay();
  const hour = (at / HOUR_MS) % 24;
  return day >= 1 && day <= 5 && hours.some(([from, until]) => hour >= from && hour < until);
}

/** Start of the calendar month in UTC that `now` falls in. */
export function monthOf(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/** Models with tokens only: a request whose figures are missing has no cost that could be told. */
function tokensByModel(
  burns: readonly Burn[],
  fromAt: number,
  priceOf: (model: string) => Rates | undefined,
): ReadonlyMap<string, { readonly price: Rates | undefined; readonly byFactor: ReadonlyMap<number, Tokens> }> {
  const models = new Map<string, { readonly price: Rates | undefined; readonly byFactor: Map<number, Tokens> }>();
  for (const burn of burns) {
    if (burn.minuteAt < fromAt || burn.inputTokens + burn.outputTokens === 0) continue;
    let of = models.get(burn.model);
    if (of === undefined) models.set(burn.model, (of = { price: priceOf(burn.model), byFactor: new Map() }));
    const factor = factorOf(of.price, burn);
    let tokens = of.byFactor.get(factor);
    if (tokens === undefined) of.byFactor.set(factor, (tokens = { fresh: 0, cacheRead: 0, cacheWrite: 0, output: 0 }));
    tokens.fresh += Math.max(0, burn.inputTokens - burn.cacheReadTokens - burn.cacheWriteTokens);
    tokens.cacheRead += burn.cacheReadTokens;
    tokens.cacheWrite += burn.cacheWriteTokens;
    tokens.output += burn.outputTokens;
  }
  return models;
}
