import type { Attribution, Part } from '../core/attribution.ts';
import type { Plan } from '../core/plan.ts';
import type { QuotaWindow } from '../core/quota-window.ts';
import type { Burn } from '../core/usage.ts';
import { isLong } from './match-readings.ts';
import { createCreditPricer, createPromptPricer } from './prices.ts';
import { createBurnScale } from './weigh-burns.ts';

export interface AttributionInput {
  readonly window: QuotaWindow;
  /** From when the window's use counts; undefined where its beginning is not known. */
  readonly startsAt: number | undefined;
  readonly plan: Plan | undefined;
  /** The account's burns (those of the window's model, where it has one), in any order. */
  readonly burns: readonly Burn[];
}

/** More parts than this are added up as `other`. */
const MAX_PARTS = 12;

/**
 * Who and what a window's use belongs to, from the ledger's burns. Undefined where nothing was used, for windows of an hour
 * or less, and where the beginning is not known. Pure; never throws.
 *
 * | the provider's figure | parts of | elsewhere |
 * | --- | --- | --- |
 * | in a unit we count, every model priced | what was used | used - seen, at least 0 |
 * | anything else, or none | what was seen | not known |
 *
 * Shares of what was seen are by tokens, cached ones included, where the plan's own unit cannot be counted.
 */
export function attribute({ window, startsAt, plan, burns }: AttributionInput): Attribution | undefined {
  if (startsAt === undefined || !isLong(window.windowMs)) return undefined;
  const inWindow = burns.filter(({ minuteAt }) => minuteAt >= startsAt);
  const own = createBurnScale(plan, window.unit);
  const priced = own !== undefined && !inWindow.some(isUnpriced(plan, window.unit));
  const weigh = (priced ? own : undefined) ?? ((burn: Burn) => burn.inputTokens + burn.outputTokens);
  const byAgent = new Map<string, Weight>();
  const byModel = new Map<string, Weight>();
  const byKind = new Map<string, Weight>();
  const bySession = new Map<string, Weight>();
  const byWorkspace = new Map<string, Weight>();
  let seen = 0;
  for (const burn of inWindow) {
    const weight = weigh(burn);
    if (weight <= 0) continue;
    seen += weight;
    add(byAgent, burn.agentId, weight);
    add(byModel, burn.model, weight);
    add(byKind, burn.kind ?? 'unknown', weight);
    add(bySession, burn.sessionKey ?? 'unknown', weight);
    add(byWorkspace, burn.workspaceKey ?? 'unknown', weight);
  }
  const said = window.basis === 'provider' || window.basis === 'both' ? window.used : undefined;
  const comparable = priced && said !== undefined;
  const whole = comparable ? Math.max(said, seen) : seen;
  if (whole <= 0) return undefined;
  return {
    of: comparable ? 'used' : 'seen',
    elsewhere: comparable ? (whole - seen) / whole : undefined,
    byAgent: partsOf(byAgent, whole),
    byModel: partsOf(byModel, whole),
    byKind: partsOf(byKind, whole),
    bySession: partsOf(bySession, whole),
    byWorkspace: partsOf(byWorkspace, whole),
  };
}

/** True for burns that cost something, but the plan does not say what. */
function isUnpriced(plan: Plan | undefined, unit: QuotaWindow['unit']): (burn: Burn) => boolean {
  const priceOf =
    unit === 'credits' ? createCreditPricer(plan) : unit === 'prompts' ? createPromptPricer(plan) : undefined;
  return (burn) => priceOf !== undefined && priceOf(burn) === undefined;
}

/** A sum that is added to in place: a month is tens of thousands of burns. */
interface Weight {
  sum: number;
}

function add(to: Map<string, Weight>, id: string, weight: number): void {
  const known = to.get(id);
  if (known === undefined) to.set(id, { sum: weight });
  else known.sum += weight;
}

/** Largest first; equal ones by name, a digit that comes from the order of adding up left aside. */
function partsOf(weights: ReadonlyMap<string, Weight>, whole: number): readonly Part[] {
  const parts = [...weights]
    .map(([id, { sum }]) => ({ id, fraction: sum / whole }))
    .toSorted((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  if (parts.length <= MAX_PARTS) return parts;
  const small = parts.slice(MAX_PARTS - 1).reduce((sum, { fraction }) => sum + fraction, 0);
  return [...parts.slice(0, MAX_PARTS - 1), { id: 'other', fraction: small }];
}

function rank({ fraction }: Part): number {
  return Math.round(fraction * 1e9);
}
