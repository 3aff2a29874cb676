import type { RelaySettings } from '../protocol/relay-settings.ts';
import { apiPrices } from '../providers/api-prices.ts';
import { createCostOf, type CostOf } from '../quota/cost.ts';

/** Prices tokens by what the user set, then by the table that comes with Planward. The same function until the setting changes. */
export function createPricing(settings: () => Pick<RelaySettings, 'prices'>): () => CostOf {
  let set: RelaySettings['prices'] | undefined;
  let costOf = createCostOf(apiPrices);
  return () => {
    const { prices } = settings();
    if (prices !== set) {
      set = prices;
      const own = Object.entries(prices).map(([model, { input, output, cachedInput, cacheWrite }]) => ({
        model,
        input,
        output,
        cachedInput: cachedInput ?? input,
        cacheWrite: cacheWrite ?? input,
      }));
      costOf = createCostOf([...own, ...apiPrices]);
    }
    return costOf;
  };
}
