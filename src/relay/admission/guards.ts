import type { BudgetLine, Guard } from '../../core/guard.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';

export interface Guarded {
  readonly guard: Guard;
  readonly windows: readonly QuotaWindow[];
  readonly peak: { readonly now: boolean; readonly untilAt: number } | undefined;
  /** Model of the request; windows of other models do not hold it. */
  readonly model?: string | undefined;
  readonly now: number;
}

export type GuardDecision =
  | { readonly kind: 'go' }
  | {
      readonly kind: 'stop';
      readonly stop: 'budget';
      readonly window: QuotaWindow;
      readonly line: BudgetLine;
      /** When the window resets; undefined where nobody says. */
      readonly untilAt: number | undefined;
    }
  | { readonly kind: 'stop'; readonly stop: 'peak'; readonly untilAt: number };

type Stop = Exclude<GuardDecision, { kind: 'go' }>;

/**
 * Whether a user's own limits let a request go. Where several do not, the one that ends last is told. Pure, never throws.
 *
 * | what holds it | while |
 * | --- | --- |
 * | hard budget | that window is used to its line and has not reset |
 * | pause near the limit | any window is, that holds for the request's model |
 * | peak guard | the plan is in its peak hours |
 *
 * A window of which nobody knows how full it is holds nothing: unknown is not full.
 */
export function guardDecision({ guard, windows, peak, model, now }: Guarded): GuardDecision {
  const stops: Stop[] = [];
  const near: BudgetLine | undefined =
    guard.pauseAtPercent === undefined ? undefined : { percent: guard.pauseAtPercent };
  for (const window of windows) {
    if (!holdsFor(window, model) || hasReset(window, now)) continue;
    const hard = guard.budgets?.find((budget) => budget.window === window.id)?.hard;
    const line = [hard, near].find((each) => each !== undefined && reaches(window, each));
    if (line !== undefined) stops.push({ kind: 'stop', stop: 'budget', window, line, untilAt: window.resetsAt });
  }
  if (guard.offPeakOnly === true && peak?.now === true && peak.untilAt > now) {
    stops.push({ kind: 'stop', stop: 'peak', untilAt: peak.untilAt });
  }
  return stops.toSorted((a, b) => (b.untilAt ?? Infinity) - (a.untilAt ?? Infinity) || 0)[0] ?? { kind: 'go' };
}

/** Soft budgets that are used up now, with the windows they are of. */
export function softBudgetsReached({
  guard,
  windows,
  now,
}: Omit<Guarded, 'peak' | 'model'>): readonly { readonly window: QuotaWindow; readonly line: BudgetLine }[] {
  return windows.flatMap((window) => {
    const line = guard.budgets?.find((budget) => budget.window === window.id)?.soft;
    return line !== undefined && !hasReset(window, now) && reaches(window, line) ? [{ window, line }] : [];
  });
}

function holdsFor(window: QuotaWindow, model: string | undefined): boolean {
  if (window.model === undefined) return true;
  return model !== undefined && model.toLowerCase().includes(window.model.toLowerCase());
}

function hasReset({ resetsAt }: QuotaWindow, now: number): boolean {
  return resetsAt !== undefined && resetsAt <= now;
}

function reaches({ usedFraction, used, limit }: QuotaWindow, { percent, units }: BudgetLine): boolean {
  const share = usedFraction ?? (used !== undefined && limit !== undefined && limit > 0 ? used / limit : undefined);
  const amount = used ?? (share !== undefined && limit !== undefined ? share * limit : undefined);
  if (percent !== undefined && share !== undefined && share * 100 >= percent - 1e-9) return true;
  return units !== undefined && amount !== undefined && amount >= units;
}
