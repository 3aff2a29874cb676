import type { LimitSource, QuotaUnit, RateLimit } from '../core/rate-limit.ts';
import { durationName } from './duration-name.ts';

/** All that providers said about one allowance, made into one reading: the newest figures, nothing blanked. */
export interface Reading {
  readonly policy: string;
  readonly duration: string;
  readonly unit: QuotaUnit;
  readonly model: string | undefined;
  readonly windowMs: number | undefined;
  readonly limit: number | undefined;
  /** In `unit`, as said or worked out from limit and fraction. */
  readonly used: number | undefined;
  readonly usedFraction: number | undefined;
  readonly remaining: number | undefined;
  readonly resetsAt: number | undefined;
  readonly seenAt: number;
  readonly source: LimitSource;
  /** What each source said last, newest first. */
  readonly said: readonly SaidBySource[];
}

export interface SaidBySource {
  readonly source: LimitSource;
  readonly usedFraction: number | undefined;
  readonly resetsAt: number | undefined;
  readonly seenAt: number;
}

/**
 * Readings by allowance. Two belong together where length, model and unit agree (a bare share agrees with any unit) and not
 * the same source named them as two at the same moment. The slot a provider puts an allowance in (`primary`) does not
 * count. The result does not depend on the order of `limits`.
 */
export function gatherReadings(limits: readonly RateLimit[]): readonly Reading[] {
  const groups: RateLimit[][] = [];
  for (const limit of limits.toSorted(newestFirst)) {
    const group = groups.find((members) => members.every((member) => agree(member, limit)) && !apart(members, limit));
    if (group === undefined) groups.push([limit]);
    else group.push(limit);
  }
  return groups.map(mergeReadings);
}

function agree(a: RateLimit, b: RateLimit): boolean {
  if (a.model?.toLowerCase() !== b.model?.toLowerCase()) return false;
  if (a.unit !== b.unit && a.unit !== 'share' && b.unit !== 'share') return false;
  const duration = durationName(a.windowMs);
  if (duration !== durationName(b.windowMs)) return false;
  // With no length to go by, only the provider's own name tells allowances apart.
  return duration !== 'any' || a.policy === b.policy;
}

function apart(members: readonly RateLimit[], limit: RateLimit): boolean {
  return members.some(
    (member) => member.source === limit.source && member.seenAt === limit.seenAt && member.policy !== limit.policy,
  );
}

/** `members` newest first. Figures come from the newest that has one; a limit, length or reset it lacks from those before. */
function mergeReadings(members: readonly RateLimit[]): Reading {
  const figured = members.find(hasFigure) ?? members.find(({ remaining }) => remaining !== undefined) ?? members[0]!;
  const unit = members.find((member) => member.unit !== 'share')?.unit ?? 'share';
  const limit = figured.limit ?? members.find((member) => member.limit !== undefined && member.unit === unit)?.limit;
  const fraction = fractionOf(figured, limit);
  return {
    policy: figured.policy,
    duration: durationName(figured.windowMs),
    unit,
    model: figured.model,
    windowMs: figured.windowMs,
    limit,
    used: usedOf(figured, limit, fraction),
    usedFraction: fraction,
    remaining: figured.remaining,
    // An untouched allowance has no reset: an older one must not give it one.
    resetsAt: figured.resetsAt ?? (fraction === 0 ? undefined : laterReset(members, figured)),
    seenAt: figured.seenAt,
    source: figured.source,
    said: saidBySource(members, limit),
  };
}

/** Of each source the newest member with a figure, else its newest. */
function saidBySource(members: readonly RateLimit[], limit: number | undefined): readonly SaidBySource[] {
  const sources = [...new Set(members.map(({ source }) => source))];
  return sources
    .map((source) => {
      const own = members.filter((member) => member.source === source);
      const newest = own.find(hasFigure) ?? own[0]!;
      const { resetsAt, seenAt } = newest;
      return { source, usedFraction: fractionOf(newest, newest.limit ?? limit), resetsAt, seenAt };
    })
    .toSorted((a, b) => b.seenAt - a.seenAt);
}

function hasFigure(limit: RateLimit): boolean {
  return limit.usedFraction !== undefined || usedOf(limit, limit.limit, undefined) !== undefined;
}

function usedOf(said: RateLimit, limit: number | undefined, fraction: number | undefined): number | undefined {
  if (said.used !== undefined) return said.used;
  if (limit === undefined) return undefined;
  if (said.remaining !== undefined) return Math.max(0, limit - said.remaining);
  return fraction === undefined ? undefined : fraction * limit;
}

function fractionOf(said: RateLimit, limit: number | undefined): number | undefined {
  if (said.usedFraction !== undefined) return said.usedFraction;
  const used = usedOf(said, limit, undefined);
  return used === undefined || limit === undefined || limit <= 0 ? undefined : used / limit;
}

/** A reset another member said, where it was still to come when the figures were read. */
function laterReset(members: readonly RateLimit[], figured: RateLimit): number | undefined {
  return members.find((member) => member.resetsAt !== undefined && member.resetsAt > figured.seenAt)?.resetsAt;
}

/**
 * What to believe first of one moment: what came with an answer goes before what an agent repeats of it, and that before an
 * endpoint that counts on its own. Otherwise the newest counts.
 */
const SOURCE_RANK: readonly LimitSource[] = ['header', 'body', 'statusline', 'usage-api', 'transcript'];

function newestFirst(a: RateLimit, b: RateLimit): number {
  return (
    b.seenAt - a.seenAt ||
    SOURCE_RANK.indexOf(a.source) - SOURCE_RANK.indexOf(b.source) ||
    compareText(a.policy, b.policy) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
