import type { Plan } from '../core/plan.ts';
import type { QuotaUnit } from '../core/rate-limit.ts';
import type { Burn } from '../core/usage.ts';
import { createCreditPricer, createPromptPricer, type Price, type Pricer } from './prices.ts';

/** Sums burns from `fromAt` (inclusive) on in a unit. Undefined where the unit cannot be counted from traffic. */
export type Weigh = (unit: QuotaUnit, burns: readonly Burn[], fromAt: number) => number | undefined;

/**
 * A plan's scales. Requests and tokens need no plan; prompts and credits need its rules; a share or money cannot be counted
 * from traffic. Burns the plan has no rate for are left out; where that is all of them, the sum is unknown.
 */
export function createWeigher(plan: Plan | undefined): Weigh {
  const credits = createCreditPricer(plan);
  const prompts = createPromptPricer(plan);
  return (unit, burns, fromAt) => {
    switch (unit) {
      case 'requests':
        return sum(burns, fromAt, (burn) => burn.requests);
      case 'tokens':
        return sum(burns, fromAt, (burn) => burn.inputTokens + burn.outputTokens);
      case 'credits':
        return credits === undefined ? undefined : sumPriced(burns, fromAt, credits);
      case 'prompts':
        return prompts === undefined ? undefined : sumPriced(burns, fromAt, prompts);
      case 'usd-micros':
      case 'share':
        return undefined;
    }
    return unit satisfies never;
  };
}

/** What one burn costs in a plan's credits at an instant; undefined where the plan has no rate for its model then. */
export function creditsOf(burn: Burn, plan: Plan, at: number): number | undefined {
  const price = createCreditPricer(plan);
  return price === undefined ? undefined : sumPriced([{ ...burn, minuteAt: at }], Number.NEGATIVE_INFINITY, price);
}

function sum(burns: readonly Burn[], fromAt: number, of: (burn: Burn) => number): number {
  let total = 0;
  for (const burn of burns) if (burn.minuteAt >= fromAt) total += of(burn);
  return total;
}

interface Amount {
  requests: number;
  freshTokens: number;
  cachedTokens: number;
  outputTokens: number;
}

/**
 * Adds whole tokens up per price and multiplies at the end, prices in the order of their keys: so the order and the batches
 * in which burns come change no digit of the sum.
 */
function sumPriced(burns: readonly Burn[], fromAt: number, priceOf: Pricer): number | undefined {
  const amounts = new Map<Price, Amount>();
  let unpriced = false;
  for (const burn of burns) {
    if (burn.minuteAt < fromAt) continue;
    const price = priceOf(burn);
    if (price === undefined) {
      unpriced = true;
      continue;
    }
    let amount = amounts.get(price);
    if (amount === undefined) {
      amount = { requests: 0, freshTokens: 0, cachedTokens: 0, outputTokens: 0 };
      amounts.set(price, amount);
    }
    amount.requests += burn.requests;
    amount.freshTokens += Math.max(0, burn.inputTokens - burn.cacheReadTokens);
    amount.cachedTokens += burn.cacheReadTokens;
    amount.outputTokens += burn.outputTokens;
  }
  if (amounts.size === 0) return unpriced ? undefined : 0;
  let total = 0;
  for (const [price, amount] of [...amounts].toSorted(([a], [b]) => (a.key < b.key ? -1 : 1))) {
    total +=
      amount.requests * price.perRequest +
      amount.freshTokens * price.perInput +
      amount.cachedTokens * price.perCached +
      amount.outputTokens * price.perOutput;
  }
  return total;
}

/**
 * The same scales for one burn at a time, without rounding care: for rates and shapes, not for sums that are shown.
 * Undefined where the unit cannot be counted from traffic; 0 for a burn the plan has no rate for.
 */
export function createBurnScale(plan: Plan | undefined, unit: QuotaUnit): ((burn: Burn) => number) | undefined {
  if (unit === 'requests') return (burn) => burn.requests;
  if (unit === 'tokens') return (burn) => burn.inputTokens + burn.outputTokens;
  const priceOf =
    unit === 'credits' ? createCreditPricer(plan) : unit === 'prompts' ? createPromptPricer(plan) : undefined;
  if (priceOf === undefined) return undefined;
  return (burn) => {
    const price = priceOf(burn);
    if (price === undefined) return 0;
    const fresh = Math.max(0, burn.inputTokens - burn.cacheReadTokens);
    return (
      burn.requests * price.perRequest +
      fresh * price.perInput +
      burn.cacheReadTokens * price.perCached +
      burn.outputTokens * price.perOutput
    );
  };
}
