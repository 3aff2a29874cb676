import type { Plan } from '../core/plan.ts';
import type { QuotaWindow, SourceReading } from '../core/quota-window.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import type { Burn } from '../core/usage.ts';
import { gatherReadings, type Reading } from './gather-readings.ts';
import { levelOf } from './level.ts';
import { isLong, isOpen, matchReadings, type Allowance } from './match-readings.ts';
import { createWeigher, type Weigh } from './weigh-burns.ts';
import { spanOf, type WindowSpan } from './window-span.ts';

/** What the windows of one account are folded from. */
export interface FoldInput {
  /** Undefined where the plan is not known: then only what the provider says is shown. */
  readonly plan: Plan | undefined;
  /**
   * This account's burns on paths the plan covers, in any order and batches, some windows back. `minuteAt` may be finer than
   * a minute: a burn counts as later than a reading where its `minuteAt` is, so finer burns miss less around a reading.
   */
  readonly burns: readonly Burn[];
  /** What the provider said of this account, old and new, in any order. */
  readonly limits: readonly RateLimit[];
  readonly now: number;
}

/**
 * What is known now about each allowance of one account: the plan's windows in the plan's order, then those only the provider
 * speaks of. Windows are matched by length and model, never by the slot they came in. Never throws; what nobody says is
 * undefined.
 *
 * | known | figure | basis |
 * | --- | --- | --- |
 * | a reading whose window is open | the provider's | provider |
 * | the same, and burns since it in a unit that can be counted | the provider's + those burns | both |
 * | a reading whose reset has passed | burns since the reset, from 0 | ledger |
 * | no reading, a plan with a limit | burns in the window | ledger |
 * | none of these | unknown | none |
 */
export function foldWindows(input: FoldInput): readonly QuotaWindow[] {
  return foldSpans(input).map(({ window }) => window);
}

/** A window with what it was folded from. */
export interface FoldedWindow {
  readonly window: QuotaWindow;
  /** From when its use counts; undefined where that is not known. */
  readonly startsAt: number | undefined;
  /** The burns that may count in it: those of its model, where it has one. */
  readonly burns: readonly Burn[];
}

/** The same, each window with its beginning and its burns. */
export function foldSpans(input: FoldInput): readonly FoldedWindow[] {
  const { plan, burns, limits, now } = input;
  const weigh = createWeigher(plan);
  return matchReadings(plan, gatherReadings(limits), now).map((allowance) => foldOne(allowance, { burns, weigh, now }));
}

interface Scales {
  readonly burns: readonly Burn[];
  readonly weigh: Weigh;
  readonly now: number;
}

function foldOne({ id, planned, reading }: Allowance, { burns: all, weigh, now }: Scales): FoldedWindow {
  const unit = reading === undefined || reading.unit === 'share' ? (planned?.unit ?? 'share') : reading.unit;
  const kind = planned?.kind ?? (reading?.duration === 'five-hour' ? 'rolling' : 'fixed');
  const windowMs = planned?.windowMs ?? reading?.windowMs;
  const limit = reading?.limit ?? planned?.limit;
  const model = reading?.model;
  const burns = model === undefined ? all : all.filter((burn) => namesModel(burn, model));
  const countFrom = (fromAt: number) => (isLong(windowMs) ? weigh(unit, burns, fromAt) : undefined);
  const open = reading !== undefined && isOpen(reading, now);
  const untouched = open && reading.usedFraction === 0 && reading.resetsAt === undefined;

  let span: WindowSpan | undefined;
  if (untouched && kind !== 'rolling') span = { startsAt: reading.seenAt, resetsAt: undefined };
  else if (windowMs !== undefined) {
    // Said to be empty: what came before that reading is not in this window.
    const resetsAt = untouched ? reading.seenAt : reading?.resetsAt;
    span = spanOf({ kind, windowMs, resetsAt, utcOffset: planned?.utcOffset ?? '+00:00' }, burns, now);
  }
  const ledgerUsed = span === undefined ? undefined : countFrom(span.startsAt);
  const lastUsedAt = span === undefined ? undefined : lastUse(burns, span.startsAt);
  const figure = open
    ? providerFigure(reading, limit, countFrom)
    : ledgerFigure(reading, limit, ledgerUsed, span !== undefined && lastUsedAt === undefined);
  const { basis } = figure;
  const ownSeenAt = ledgerUsed === undefined ? undefined : lastUsedAt;
  const sources = [
    ...(reading === undefined ? [] : saidNow(reading, now)),
    ...(ownSeenAt === undefined
      ? []
      : [{ source: 'ledger' as const, usedFraction: divide(ledgerUsed, limit), seenAt: ownSeenAt }]),
  ].toSorted((a, b) => b.seenAt - a.seenAt);
  const window: QuotaWindow = {
    id,
    unit,
    kind,
    windowMs,
    limit,
    used: figure.used,
    usedFraction: figure.usedFraction,
    ...(limit === undefined && open && reading.remaining !== undefined ? { remaining: reading.remaining } : {}),
    resetsAt: open && !untouched ? reading.resetsAt : span?.resetsAt,
    model,
    level: levelOf(figure.usedFraction),
    basis,
    source: basis === 'none' ? undefined : basis === 'ledger' ? 'ledger' : reading?.source,
    seenAt: basis === 'none' ? undefined : basis === 'ledger' ? lastUsedAt : reading?.seenAt,
    ledgerUsed,
    disagreement: open && figure.used !== undefined ? divide(minus(ledgerUsed, figure.used), limit) : undefined,
    sources,
    ...(model === undefined ? {} : { inUse: isInUse(burns, all) }),
  };
  return { window, startsAt: span?.startsAt, burns };
}

/** What sources said of the present window; what they said of the one before is left out. */
function saidNow(reading: Reading, now: number): readonly SourceReading[] {
  return reading.said
    .filter((said) => isOpen({ ...said, windowMs: reading.windowMs }, now))
    .map(({ source, usedFraction, seenAt }) => ({ source, usedFraction, seenAt }));
}

/** How far the newest use of one model may lie before the newest of all. */
const IN_USE_MS = 60 * 60_000;

function isInUse(burns: readonly Burn[], all: readonly Burn[]): boolean | undefined {
  const newest = lastUse(all, Number.NEGATIVE_INFINITY);
  if (newest === undefined) return undefined;
  return lastUse(burns, newest - IN_USE_MS) !== undefined;
}

type Figure = Pick<QuotaWindow, 'used' | 'usedFraction' | 'basis'>;

const UNKNOWN: Figure = { used: undefined, usedFraction: undefined, basis: 'none' };

function providerFigure(
  reading: Reading,
  limit: number | undefined,
  countFrom: (fromAt: number) => number | undefined,
): Figure {
  const { usedFraction } = reading;
  const said = reading.used ?? (usedFraction === undefined || limit === undefined ? undefined : usedFraction * limit);
  if (said === undefined && usedFraction === undefined) return UNKNOWN;
  const since = countFrom(reading.seenAt) ?? 0;
  if (said === undefined || since === 0) {
    return { used: said, usedFraction: usedFraction ?? divide(said, limit), basis: 'provider' };
  }
  return { used: said + since, usedFraction: divide(said + since, limit) ?? usedFraction, basis: 'both' };
}

function ledgerFigure(
  reading: Reading | undefined,
  limit: number | undefined,
  ledgerUsed: number | undefined,
  untouched: boolean,
): Figure {
  if (limit !== undefined && ledgerUsed !== undefined) {
    return { used: ledgerUsed, usedFraction: divide(ledgerUsed, limit), basis: 'ledger' };
  }
  // Reset, and of unknown size: known to be empty until it is used again.
  if (reading?.resetsAt !== undefined && untouched) {
    return { used: limit === undefined ? undefined : 0, usedFraction: 0, basis: 'ledger' };
  }
  return UNKNOWN;
}

function namesModel(burn: Burn, model: string): boolean {
  return burn.model.toLowerCase().includes(model.toLowerCase());
}

/** Minute of the last burn from `fromAt` on; undefined where there is none. */
function lastUse(burns: readonly Burn[], fromAt: number): number | undefined {
  let last: number | undefined;
  let from = fromAt;
  for (const { minuteAt } of burns) if (minuteAt >= from) last = from = minuteAt;
  return last;
}

function minus(value: number | undefined, other: number): number | undefined {
  return value === undefined ? undefined : value - other;
}

function divide(value: number | undefined, by: number | undefined): number | undefined {
  return value === undefined || by === undefined || by <= 0 ? undefined : value / by;
}
