import type { QuotaWindow } from '../core/quota-window.ts';
import { attribute } from './attribution.ts';
import type { CostOf } from './cost.ts';
import { foldSpans, type FoldInput } from './fold-windows.ts';
import { forecastWindow } from './forecast.ts';
import { isLong } from './match-readings.ts';

export interface QuotaInput extends FoldInput {
  /** Prices tokens (see cost.ts); absent: windows tell no cost. */
  readonly costOf?: CostOf;
}

/**
 * The quota engine's door: all windows of one account (see fold-windows.ts), each with its forecast where one can be said
 * (see forecast.ts), with who its use belongs to (see attribution.ts) and what it would cost (see cost.ts). Pure; never throws.
 */
export function readQuota({ costOf, ...input }: QuotaInput): readonly QuotaWindow[] {
  const { plan, now } = input;
  return foldSpans(input).map(({ window, startsAt, burns }) => {
    const forecast = forecastWindow({ window, plan, burns, now });
    const attribution = attribute({ window, startsAt, plan, burns });
    const cost = startsAt === undefined || !isLong(window.windowMs) ? undefined : costOf?.(burns, startsAt);
    return {
      ...window,
      ...(forecast === undefined ? {} : { forecast }),
      ...(attribution === undefined ? {} : { attribution }),
      ...(cost === undefined ? {} : { cost }),
    };
  });
}
