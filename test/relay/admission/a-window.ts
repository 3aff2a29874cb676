import type { QuotaWindow } from '../../../src/core/quota-window.ts';

export const NOW = Date.UTC(2026, 8, 7, 12, 0, 0);
export const HOUR = 3_600_000;

/** A five-hour window of 12,000 credits, 91 % used, that resets in an hour. */
export function aWindow(change: Partial<QuotaWindow> = {}): QuotaWindow {
  return {
    id: 'five-hour',
    unit: 'credits',
    kind: 'rolling',
    windowMs: 5 * HOUR,
    limit: 12_000,
    used: 10_920,
    usedFraction: 0.91,
    resetsAt: NOW + HOUR,
    model: undefined,
    level: 'low',
    basis: 'provider',
    source: 'usage-api',
    seenAt: NOW,
    ledgerUsed: undefined,
    disagreement: undefined,
    ...change,
  };
}
