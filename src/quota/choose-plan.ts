import type { Plan } from '../core/plan.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { durationName } from './duration-name.ts';

/**
 * The plan an account has, from the tier word its usage endpoint gave and from what it said of the allowances. Undefined
 * where nothing points at one. First rule that leaves any plan decides, and the plan listed first wins among equals:
 *
 * 1. tier word and a limit that is the plan's own
 * 2. tier word and a unit that is the plan's (credits against prompts); a tier word alone means the plan of today
 * 3. no plan has that tier word, or none was given: the one plan that all limits said are the limits of
 */
export function choosePlan(
  plans: readonly Plan[],
  tier: string | undefined,
  readings: readonly RateLimit[],
): Plan | undefined {
  const word = tier?.trim().toLowerCase();
  const named = word === undefined || word === '' ? [] : plans.filter((plan) => plan.tiers.includes(word));
  if (named.length > 0) {
    return (
      named.find((plan) => readings.some((reading) => hasLimit(plan, reading))) ??
      named.find((plan) => readings.every((reading) => !speaksAgainst(plan, reading))) ??
      named[0]
    );
  }
  const limited = readings.filter(({ limit, model }) => limit !== undefined && model === undefined);
  if (limited.length === 0) return undefined;
  const matching = plans.filter((plan) => limited.every((reading) => hasLimit(plan, reading)));
  return matching.length === 1 ? matching[0] : undefined;
}

function hasLimit(plan: Plan, reading: RateLimit): boolean {
  if (reading.limit === undefined || reading.model !== undefined) return false;
  return plan.windows.some(
    ({ unit, windowMs, limit }) =>
      unit === reading.unit && limit === reading.limit && durationName(windowMs) === durationName(reading.windowMs),
  );
}

/** Plans in prompts are reported as a share of an unsaid size or in tokens; the others in their own unit. */
function speaksAgainst(plan: Plan, reading: RateLimit): boolean {
  if (reading.model !== undefined) return false;
  const beside = plan.windows.filter(({ windowMs }) => durationName(windowMs) === durationName(reading.windowMs));
  if (beside.length === 0) return false;
  if (reading.unit === 'share') return beside.every(({ unit }) => unit === 'credits' || unit === 'tokens');
  if (reading.unit === 'tokens') return beside.every(({ unit }) => unit !== 'tokens' && unit !== 'prompts');
  return beside.every(({ unit }) => unit !== reading.unit);
}
