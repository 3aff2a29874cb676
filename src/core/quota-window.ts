import type { Attribution } from './attribution.ts';
import type { CostEquivalent } from './cost.ts';
import type { Forecast } from './forecast.ts';
import type { LimitSource, QuotaUnit } from './rate-limit.ts';

/** How close an allowance is to its end. `unknown` where neither provider nor ledger says. */
export type QuotaLevel = 'ok' | 'watch' | 'low' | 'exhausted' | 'unknown';

/** What one source said last of an allowance, as it said it. */
export interface SourceReading {
  readonly source: LimitSource | 'ledger';
  /** Undefined where it says something, but not how full the window is. */
  readonly usedFraction: number | undefined;
  readonly seenAt: number;
}

/**
 * What we *know* about one allowance now. Absent figures are unknown, never 0.
 * `used` and `usedFraction` are the best reading; `ledgerUsed` is our own count in the same unit, for comparison.
 */
export interface QuotaWindow {
  /** Stable within an account: `five-hour`, `week`, `week:sonnet`. */
  readonly id: string;
  readonly unit: QuotaUnit;
  readonly kind: 'rolling' | 'fixed' | 'calendar';
  readonly windowMs: number | undefined;
  readonly limit: number | undefined;
  readonly used: number | undefined;
  readonly usedFraction: number | undefined;
  /** What is left, where the provider says that and no limit (a balance). */
  readonly remaining?: number | undefined;
  readonly resetsAt: number | undefined;
  readonly model: string | undefined;
  readonly level: QuotaLevel;
  /** Who says so: the provider, our ledger, both, or nobody. */
  readonly basis: 'provider' | 'ledger' | 'both' | 'none';
  readonly source: LimitSource | 'ledger' | undefined;
  /** When the figure was last read from its source. */
  readonly seenAt: number | undefined;
  readonly ledgerUsed: number | undefined;
  /** Ledger minus provider, as a signed fraction of the limit; undefined where only one of them speaks. */
  readonly disagreement: number | undefined;
  /** Absent where nothing can be said: no known use, no reset, or the first 3 % of the window. */
  readonly forecast?: Forecast | undefined;
  /** Everyone who speaks of the present window, newest first; our own ledger among them. Absent: not told. */
  readonly sources?: readonly SourceReading[];
  /** Who and what the use belongs to. Absent where nothing was used, and for windows of an hour or less. */
  readonly attribution?: Attribution | undefined;
  /** What the window's tokens would cost at API prices. Absent where none were seen. */
  readonly cost?: CostEquivalent | undefined;
  /**
   * Of windows that hold for one model, feature or tool: whether the account's newest traffic drew on it. Undefined where
   * no traffic of the account was seen, and for windows of all models.
   */
  readonly inUse?: boolean | undefined;
}

/**
 * The window that will stop the user first: exhausted ones before others, then by used fraction, then the shorter window.
 *
 * | window | counts |
 * | --- | --- |
 * | of all models | where its fraction is known |
 * | of one model, feature or tool | where it is exhausted and in use: else it stops nothing the user does |
 * | the same, and the account has no window of all models | where its fraction is known and it may be in use |
 *
 * Undefined where none counts.
 */
export function bindingWindow(windows: readonly QuotaWindow[]): QuotaWindow | undefined {
  const onlyScoped = windows.every(({ model }) => model !== undefined);
  let best: QuotaWindow | undefined;
  for (const window of windows) {
    if (window.usedFraction === undefined || !mayBind(window, onlyScoped)) continue;
    if (best === undefined || comesFirst(window, best)) best = window;
  }
  return best;
}

function mayBind({ model, level, inUse }: QuotaWindow, onlyScoped: boolean): boolean {
  if (model === undefined) return true;
  return onlyScoped ? inUse !== false : level === 'exhausted' && inUse === true;
}

function comesFirst(a: QuotaWindow, b: QuotaWindow): boolean {
  const exhausted = Number(a.level === 'exhausted') - Number(b.level === 'exhausted');
  if (exhausted !== 0) return exhausted > 0;
  const used = (a.usedFraction ?? 0) - (b.usedFraction ?? 0);
  if (used !== 0) return used > 0;
  return (a.windowMs ?? Infinity) < (b.windowMs ?? Infinity);
}
