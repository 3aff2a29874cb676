import type { Plan, PlanWindow } from '../core/plan.ts';
import { durationName } from './duration-name.ts';
import type { Reading } from './gather-readings.ts';

/** One allowance to fold: a plan's window, what the provider says of it, or both. */
export interface Allowance {
  readonly id: string;
  readonly planned: PlanWindow | undefined;
  readonly reading: Reading | undefined;
}

/**
 * The plan's windows in the plan's order, each with the reading that fits its length, then the readings that are left, by
 * length, model and name. Ids are `five-hour`, `week:sonnet`; the provider's own name for windows of an hour or less, of
 * unknown length, or where the id is taken.
 */
export function matchReadings(plan: Plan | undefined, readings: readonly Reading[], now: number): readonly Allowance[] {
  const left = new Set(readings.filter((reading) => !isForgotten(reading, plan, now)));
  const allowances: Allowance[] = (plan?.windows ?? []).map((planned) => {
    return { id: planned.id, planned, reading: takeFitting(planned, left) };
  });
  const ids = new Set(allowances.map(({ id }) => id));
  for (const reading of [...left].toSorted(byName)) {
    const id = freeId(reading, ids);
    ids.add(id);
    allowances.push({ id, planned: undefined, reading });
  }
  return allowances;
}

/** True while a reading's figure still speaks of the present window. Without a reset it holds for one window length. */
export function isOpen(reading: Pick<Reading, 'resetsAt' | 'windowMs' | 'seenAt'>, now: number): boolean {
  if (reading.resetsAt !== undefined) return reading.resetsAt > now;
  return reading.windowMs === undefined || now - reading.seenAt < reading.windowMs;
}

/** Windows this short refill continuously (requests per minute); our minutes are too coarse to count along. */
export function isLong(windowMs: number | undefined): windowMs is number {
  return windowMs !== undefined && windowMs > 60 * 60_000;
}

/** A window no plan knows, of which the provider has said nothing for a whole length after its end, is not shown any more. */
function isForgotten(reading: Reading, plan: Plan | undefined, now: number): boolean {
  if (isOpen(reading, now) || plan?.windows.some((window) => fits(window, reading)) === true) return false;
  return now - (reading.resetsAt ?? reading.seenAt) > (reading.windowMs ?? 0);
}

function fits(planned: PlanWindow, reading: Reading): boolean {
  if (reading.model !== undefined || reading.duration !== durationName(planned.windowMs)) return false;
  if (reading.unit === planned.unit || reading.unit === 'share' || planned.unit === 'share') return true;
  // Some plans in prompts are reported in tokens.
  return planned.unit === 'prompts' && reading.unit === 'tokens';
}

function takeFitting(planned: PlanWindow, left: Set<Reading>): Reading | undefined {
  const fitting = [...left].filter((reading) => fits(planned, reading));
  const found = fitting.find(({ unit }) => unit === planned.unit) ?? fitting[0];
  if (found !== undefined) left.delete(found);
  return found;
}

function freeId(reading: Reading, taken: ReadonlySet<string>): string {
  const scope = reading.model === undefined ? '' : `:${reading.model}`;
  const wanted = [`${reading.policy}${scope}`];
  if (isLong(reading.windowMs)) wanted.unshift(`${reading.duration}${scope}`);
  const free = wanted.find((id) => !taken.has(id));
  if (free !== undefined) return free;
  let number = 2;
  while (taken.has(`${wanted[0]}:${number}`)) number++;
  return `${wanted[0]}:${number}`;
}

function byName(a: Reading, b: Reading): number {
  const left = `${a.duration} ${a.model ?? ''} ${a.policy}`;
  const right = `${b.duration} ${b.model ?? ''} ${b.policy}`;
  return left < right ? -1 : Number(left > right);
}
