import type { QuotaWindow } from './quota-window.ts';
import type { AccountView } from './snapshot.ts';

/** What the user wants to be told of. Fractions are 0..1. */
export interface AlertRules {
  /** Used fractions that are told when passed, of any window that `windowThresholds` does not name. */
  readonly thresholds: readonly number[];
  /** The same by window id (`week`, `week:sonnet`); an empty list tells nothing of that window. */
  readonly windowThresholds: Readonly<Record<string, readonly number[]>>;
  /** Tell once when a window is going to run out before its reset. */
  readonly predictive: boolean;
  /** How long before the reset it has to run out to be worth a word. */
  readonly predictiveLeadMs: number;
  /** Tell when a window of which a threshold was passed has reset. */
  readonly resets: boolean;
}

export interface PlanAlert {
  readonly kind: 'threshold' | 'predictive' | 'reset';
  readonly account: AccountView;
  readonly window: QuotaWindow;
  /** The highest threshold that was passed; of `threshold` only. */
  readonly threshold: number | undefined;
  /** Names the cycle of the window for `alertMarks`. */
  readonly cycleResetsAt: number | undefined;
}

/** What is remembered of one window between two looks. */
export interface WindowMemory {
  /** The reset of the present cycle as first read; it drifts a little from reading to reading. */
  readonly resetsAt: number | undefined;
  /** Highest used fraction of the cycle. */
  readonly peak: number;
  /** Highest threshold that is told or was passed at the baseline; 0: none. */
  readonly told: number;
  /** Since when it has been going to run out, without a break; undefined where it is not. */
  readonly endingSince: number | undefined;
  readonly predicted: boolean;
  readonly resetTold: boolean;
}

/** `at` is when it was last looked, by this machine's clock. */
export interface AlertMemory {
  readonly at: number | undefined;
  readonly windows: ReadonlyMap<string, WindowMemory>;
}

export const NO_MEMORY: AlertMemory = { at: undefined, windows: new Map() };

/** A clock that moved more than this between two looks (sleep, a corrected clock) has to say the same twice. */
const CLOCK_JUMP_MS = 5 * 60_000;
/** A figure the provider said longer ago than this alerts nobody. */
const STALE_MS = 10 * 60_000;
/** How long a run-out has to be foreseen before it is told: one burst is no pace. */
const ENDING_FOR_MS = 3 * 60_000;
/** A drop of this much within a cycle is a reset, also where nobody names its time. */
const DROP = 0.3;

/**
 * What is to be told of plan windows after one more look. For each window, first match wins:
 *
 * | window | told |
 * | --- | --- |
 * | of a model nothing draws on, of unknown use, or stale | nothing; what is remembered stays |
 * | its reset has passed and no new figure is known | its reset, once, where asked for and a threshold was passed |
 * | read for the first time | nothing: this is the baseline |
 * | a new cycle | its reset, where asked for, a threshold was passed and it was not told; then as below |
 * | a higher threshold is passed than before in this cycle | that one, the highest only |
 * | going to run out well before its reset for three minutes, and was not at the baseline | that, once a cycle |
 *
 * `muted`: nothing is told and nothing counts as told, so that what still stands is told afterwards. A clock that jumped is
 * believed at the second look. Never throws.
 */
export function decideAlerts(
  memory: AlertMemory,
  accounts: readonly AccountView[],
  rules: AlertRules,
  now: number,
  muted = false,
): { readonly memory: AlertMemory; readonly alerts: readonly PlanAlert[] } {
  const jumped = memory.at !== undefined && (now < memory.at || now - memory.at > CLOCK_JUMP_MS);
  const windows = new Map(memory.windows);
  const alerts: PlanAlert[] = [];
  for (const account of accounts) {
    for (const window of account.windows) {
      const key = `${account.providerId}/${account.accountKey}/${window.id}`;
      const look = lookAt(windows.get(key), window, rules, now, { muted, jumped });
      if (look === undefined) continue;
      windows.set(key, look.memory);
      alerts.push(...look.told.map((told) => ({ ...told, account, window })));
    }
  }
  return { memory: { at: now, windows }, alerts };
}

type Told = Pick<PlanAlert, 'kind' | 'threshold' | 'cycleResetsAt'>;
interface Look {
  readonly memory: WindowMemory;
  readonly told: readonly Told[];
}

function lookAt(
  before: WindowMemory | undefined,
  window: QuotaWindow,
  rules: AlertRules,
  now: number,
  { muted, jumped }: { readonly muted: boolean; readonly jumped: boolean },
): Look | undefined {
  const { usedFraction, resetsAt, seenAt, basis } = window;
  if (usedFraction === undefined || window.inUse === false) return undefined;
  const lines = rules.windowThresholds[window.id] ?? rules.thresholds;
  const mayTellReset = (kept: WindowMemory) =>
    rules.resets && !muted && !kept.resetTold && passed(lines, kept.peak) !== undefined;

  if (resetsAt !== undefined && resetsAt <= now) {
    if (before === undefined || jumped || !mayTellReset(before)) return undefined;
    const told: Told = { kind: 'reset', threshold: undefined, cycleResetsAt: before.resetsAt };
    return { memory: { ...before, resetTold: true }, told: [told] };
  }
  if (basis !== 'ledger' && seenAt !== undefined && now - seenAt > STALE_MS) return undefined;

  const fraction = window.level === 'exhausted' ? Math.max(1, usedFraction) : usedFraction;
  const ending = isEnding(window, rules);
  if (before === undefined) {
    const told = passed(lines, fraction) ?? 0;
    const endingSince = ending ? now : undefined;
    return { memory: { resetsAt, peak: fraction, told, endingSince, predicted: ending, resetTold: false }, told: [] };
  }

  const told: Told[] = [];
  let kept = before;
  if (isNewCycle(before, window, fraction)) {
    if (mayTellReset(before)) told.push({ kind: 'reset', threshold: undefined, cycleResetsAt: before.resetsAt });
    kept = { resetsAt, peak: 0, told: 0, endingSince: undefined, predicted: false, resetTold: false };
  }
  const cycleResetsAt = kept.resetsAt ?? resetsAt;
  const endingSince = ending ? Math.min(kept.endingSince ?? now, now) : undefined;
  kept = { ...kept, resetsAt: cycleResetsAt, peak: Math.max(kept.peak, fraction), endingSince };
  if (muted) return { memory: kept, told: [] };

  const threshold = passed(lines, fraction);
  if (threshold !== undefined && threshold > kept.told) {
    told.push({ kind: 'threshold', threshold, cycleResetsAt });
    // Its sentence says when the window runs out, so that needs no second word.
    kept = { ...kept, told: threshold, predicted: kept.predicted || ending };
  } else if (endingSince !== undefined && !kept.predicted && now - endingSince >= ENDING_FOR_MS) {
    told.push({ kind: 'predictive', threshold: undefined, cycleResetsAt });
    kept = { ...kept, predicted: true };
  }
  return { memory: kept, told };
}

/** The highest line that a fraction has reached; undefined where it reached none. */
function passed(lines: readonly number[], fraction: number): number | undefined {
  // A provider that floors or rounds says 0.8 for 0.79999 of it.
  const reached = lines.filter((line) => line > 0 && fraction >= line - 1e-9);
  return reached.length === 0 ? undefined : Math.max(...reached);
}

function isEnding({ forecast, resetsAt, level }: QuotaWindow, rules: AlertRules): boolean {
  if (!rules.predictive || level === 'exhausted' || forecast?.outlook !== 'runs-out') return false;
  if (forecast.exhaustsAt === undefined || forecast.confidence === 'low') return false;
  return resetsAt === undefined || resetsAt - forecast.exhaustsAt >= rules.predictiveLeadMs;
}

/**
 * A reset that moved by half a window is another one; less is drift of a rolling window or of the provider's clock. A drop of
 * 30 points is a reset too: a provider gave the allowance back early, or names no time.
 */
function isNewCycle(before: WindowMemory, { resetsAt, windowMs }: QuotaWindow, fraction: number): boolean {
  if (before.peak - fraction >= DROP) return true;
  if (before.resetsAt === undefined || resetsAt === undefined || windowMs === undefined) return false;
  return resetsAt - before.resetsAt > windowMs / 2;
}

/**
 * Names under which an alert is told once by all windows of VS Code: it is due where none of `taken` is claimed, and claims
 * `claim`. Two windows may have read a cycle's reset some seconds apart, so times are put into quarters of the window, and
 * the quarters beside count as the same.
 */
export function alertMarks({ kind, account, window, threshold, cycleResetsAt }: PlanAlert): {
  readonly claim: string;
  readonly taken: readonly string[];
} {
  const quarter = (window.windowMs ?? 86_400_000) / 4;
  const at = cycleResetsAt === undefined ? 0 : Math.round(cycleResetsAt / quarter);
  const line = threshold === undefined ? '' : `.${Math.round(threshold * 100)}`;
  const name = (slot: number) => `${kind}${line}.${slot}.${account.providerId}.${account.accountKey}.${window.id}`;
  return { claim: name(at), taken: cycleResetsAt === undefined ? [name(at)] : [at - 1, at, at + 1].map(name) };
}
