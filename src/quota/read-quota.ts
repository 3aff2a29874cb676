import type { QuotaWindow } from '../core/quota-window.ts';
import { foldWindows, type FoldInput } from './fold-windows.ts';
import { forecastWindow } from './forecast.ts';

/**
 * The quota engine's door: all windows of one account (see fold-windows.ts), each with its forecast where one can be said
 * (see forecast.ts). Pure; never throws.
 */
export function readQuota(input: FoldInput): readonly QuotaWindow[] {
  return foldWindows(input).map((window) => {
    const { model } = window;
    const burns =
      model === undefined
        ? input.burns
        : input.burns.filter((burn) => burn.model.toLowerCase().includes(model.toLowerCase()));
    const forecast = forecastWindow({ window, plan: input.plan, burns, now: input.now });
    return forecast === undefined ? window : { ...window, forecast };
  });
}
