import type { Forecast } from '../core/forecast.ts';
import type { Plan } from '../core/plan.ts';
import type { QuotaWindow } from '../core/quota-window.ts';
import type { Burn } from '../core/usage.ts';
import { createPeakClock } from './peak.ts';
import { costOfTurns } from './turns.ts';
import { createBurnScale } from './weigh-burns.ts';
import { expectWeek } from './work-week.ts';

export interface ForecastInput {
  readonly window: QuotaWindow;
  readonly plan: Plan | undefined;
  /** The account's burns (those of the window's model, where it has one), in any order. */
  readonly burns: readonly Burn[];
  readonly now: number;
}

/** Nothing is said before this much of a window has passed. */
const SILENT_FRACTION = 0.03;
/** A window is looked at in this many bins: 5 minutes of five hours, 2.8 hours of a week. */
const BINS = 60;
/** Weight of a bin halves with every 7.5 bins of age: 38 minutes of five hours, 21 hours of a week. */
const HALF_LIFE_BINS = BINS / 8;
/** A rate is not told from fewer active bins than this, or where one of them holds most of the use. */
const MIN_ACTIVE_BINS = 3;
const MAX_BURST_SHARE = 0.8;
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Whether a window lasts until its reset. Undefined where its use or reset is not known, and in its first 3 %.
 *
 * The burn rate is the mean of two: use per time since the window began, and the same with recent time counted more. In
 * windows longer than a day the hours somebody usually works take its place, once they are known (see work-week.ts). It is
 * taken at full price and laid forward hour by hour, so that the plan's peak hours, when they come, burn faster.
 * No time of exhaustion is said from fewer than three active stretches, nor where one burst is most of the use.
 */
export function forecastWindow({ window, plan, burns, now }: ForecastInput): Forecast | undefined {
  const { usedFraction, windowMs, resetsAt } = window;
  if (usedFraction === undefined || windowMs === undefined || resetsAt === undefined || resetsAt <= now)
    return undefined;
  const startsAt = resetsAt - windowMs;
  const elapsed = (now - startsAt) / windowMs;
  if (elapsed < SILENT_FRACTION || elapsed > 1) return undefined;
  const pace = usedFraction - elapsed;
  if (usedFraction >= 1) return { pace, outlook: 'runs-out', exhaustsAt: now, confidence: 'good', turnsLeft: 0 };

  const scale = createScale({ window, plan, burns, now }, startsAt);
  const left = 1 - usedFraction;
  const turn = scale === undefined ? undefined : costOfTurns(scale.burns, scale.priced);
  const turnsLeft = turn === undefined || turn <= 0 ? undefined : Math.floor(left / turn);
  const bins = scale === undefined ? [] : binsOf(scale, startsAt, now, windowMs / BINS);
  const confidence = confidenceOf(bins);
  if (scale === undefined || confidence === undefined) {
    return { pace, outlook: 'unknown', exhaustsAt: undefined, confidence: 'low', turnsLeft };
  }
  const perMs = ratePerMs(bins, windowMs / BINS, now - startsAt);
  const usual = windowMs > DAY_MS ? expectWeek(burns, scale.full, startsAt, now) : undefined;
  const exhaustsAt = runForward({
    left,
    perMsAt: (at) => (usual?.(at) ?? perMs) * scale.factorAt(at),
    now,
    until: resetsAt,
  });
  return { pace, outlook: exhaustsAt === undefined ? 'lasts' : 'runs-out', exhaustsAt, confidence, turnsLeft };
}

/** Turns burns into fractions of the window. */
interface Scale {
  /** Burns of this window so far. */
  readonly burns: readonly Burn[];
  /** A burn at the full price, whenever it was. */
  full(burn: Burn): number;
  /** A burn at the price of its own time. */
  priced(burn: Burn): number;
  /** Share of the full price that holds at an instant. */
  factorAt(at: number): number;
}

/** Undefined where use cannot be measured, or there was none. */
function createScale({ window, plan, burns: all, now }: ForecastInput, startsAt: number): Scale | undefined {
  const burns = all.filter(({ minuteAt }) => minuteAt >= startsAt && minuteAt <= now);
  const countable = window.limit !== undefined && window.unit !== 'share' && window.unit !== 'usd-micros';
  const unit = countable ? window.unit : 'tokens';
  const peak = countable ? plan?.peak : undefined;
  const priced = createBurnScale(plan, unit);
  const full = createBurnScale(plan && { ...plan, peak: undefined }, unit);
  if (priced === undefined || full === undefined) return undefined;
  const weight = sumOf(burns, full);
  if (weight <= 0) return undefined;
  // Where the provider says a share only, what was used so far tells how much of it a token is.
  const perUnit = countable ? 1 / window.limit : window.usedFraction! / weight;
  const cheap = peak && createBurnScale({ ...plan!, peak: { ...peak, weekdays: [] } }, unit);
  const ratio = cheap === undefined ? 1 : sumOf(burns, cheap) / weight;
  const isPeak = peak === undefined ? () => true : createPeakClock(peak);
  return {
    burns,
    full: (burn) => full(burn) * perUnit,
    priced: (burn) => priced(burn) * perUnit,
    factorAt: (at) => (isPeak(at) ? 1 : ratio),
  };
}

function sumOf(burns: readonly Burn[], of: (burn: Burn) => number): number {
  return burns.reduce((sum, burn) => sum + of(burn), 0);
}

/** Fractions of the window used in each bin since its beginning, the last one unfinished. */
function binsOf(scale: Scale, startsAt: number, now: number, binMs: number): number[] {
  const bins = Array.from({ length: Math.max(1, Math.ceil((now - startsAt) / binMs)) }, () => 0);
  for (const burn of scale.burns) {
    const at = Math.min(bins.length - 1, Math.floor((burn.minuteAt - startsAt) / binMs));
    bins[at]! += scale.full(burn);
  }
  return bins;
}

/** Undefined where no rate can be told. */
function confidenceOf(bins: readonly number[]): Forecast['confidence'] | undefined {
  const active = bins.filter((used) => used > 0);
  const total = active.reduce((sum, used) => sum + used, 0);
  const burst = Math.max(0, ...active) / total;
  if (active.length < MIN_ACTIVE_BINS || burst > MAX_BURST_SHARE) return undefined;
  if (active.length >= 12 && burst < 0.25) return 'good';
  return active.length >= 6 && burst < 0.5 ? 'fair' : 'low';
}

/** Use per ms at full price: half the plain mean, half the mean with recent bins counted more. */
function ratePerMs(bins: readonly number[], binMs: number, elapsedMs: number): number {
  let weighted = 0;
  let weights = 0;
  let total = 0;
  for (const [i, used] of bins.entries()) {
    const weight = 0.5 ** ((bins.length - 1 - i) / HALF_LIFE_BINS);
    const spanMs = i === bins.length - 1 ? elapsedMs - i * binMs : binMs;
    weighted += used * weight;
    weights += spanMs * weight;
    total += used;
  }
  return 0.5 * (weighted / weights) + 0.5 * (total / elapsedMs);
}

function runForward(run: {
  readonly left: number;
  readonly perMsAt: (at: number) => number;
  readonly now: number;
  readonly until: number;
}): number | undefined {
  let { left } = run;
  let at = run.now;
  while (at < run.until) {
    const next = Math.min(run.until, (Math.floor(at / HOUR_MS) + 1) * HOUR_MS);
    const perMs = run.perMsAt(at);
    if (perMs * (next - at) >= left) return Math.round(at + left / perMs);
    left -= perMs * (next - at);
    at = next;
  }
  return undefined;
}
