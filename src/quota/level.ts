import type { QuotaLevel } from '../core/quota-window.ts';

/** Used fraction from which on an allowance is called so. */
export const EXHAUSTED_FROM = 1;
export const LOW_FROM = 0.9;
export const WATCH_FROM = 0.75;

/** The word for a used fraction; `unknown` where the fraction is not known. */
export function levelOf(usedFraction: number | undefined): QuotaLevel {
  if (usedFraction === undefined) return 'unknown';
  if (usedFraction >= EXHAUSTED_FROM) return 'exhausted';
  if (usedFraction >= LOW_FROM) return 'low';
  return usedFraction >= WATCH_FROM ? 'watch' : 'ok';
}
