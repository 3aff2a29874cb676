import type { ReportCount, ReportFailureGroup, ReportLoad } from '../core/report.ts';
import { countPlace, groupKey, MAX_FAILURES, MAX_GROUPS, MAX_PRODUCTS } from './report-keys.ts';
import type { OpenRequest } from './report-traffic.ts';

/** What a report says of one stretch of time. Stretches that follow one another add up to that of all of them. */
export interface ReportPart {
  readonly counts: readonly ReportCount[];
  readonly load: readonly ReportLoad[];
  readonly groups: readonly ReportFailureGroup[];
  /** Ids of the newest failures, oldest first, with what was going on around each. */
  readonly failures: readonly (readonly [id: string, inFlight: number, perMinute: number])[];
  readonly failureCount: number;
  /** Chat requests under way at its end, of before its beginning too. */
  readonly open: readonly OpenRequest[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Adds up parts in the order of time, with nothing left out between them but stretches in which no exchange began. Pure. */
export function mergeParts(parts: readonly ReportPart[]): ReportPart {
  if (parts.length === 1) return parts[0]!;
  const counts = new Map<string, Mutable<ReportCount>>();
  const loads = new Map<string, Mutable<ReportLoad>>();
  const groups = new Map<string, Mutable<ReportFailureGroup>>();
  let failureCount = 0;
  for (const part of parts) {
    failureCount += part.failureCount;
    for (const count of part.counts) addCount(counts, count);
    for (const load of part.load) addLoad(loads, load);
    for (const group of part.groups) addGroup(groups, group);
  }
  return {
    counts: [...counts.values()],
    load: [...loads.values()],
    groups: [...groups.values()],
    failures: newestOf(parts),
    failureCount,
    open: parts.at(-1)?.open ?? [],
  };
}

function newestOf(parts: readonly ReportPart[]): ReportPart['failures'] {
  const found: ReportPart['failures'][] = [];
  let count = 0;
  for (let i = parts.length - 1; i >= 0 && count < MAX_FAILURES; i -= 1) {
    found.unshift(parts[i]!.failures);
    count += parts[i]!.failures.length;
  }
  return found.flat().slice(-MAX_FAILURES);
}

function addCount(counts: Map<string, Mutable<ReportCount>>, count: ReportCount): void {
  const { key, agentId, model } = countPlace(counts, count);
  const sum = counts.get(key);
  if (sum === undefined) {
    counts.set(key, { ...count, agentId, model });
    return;
  }
  sum.requests += count.requests;
  sum.inputTokens += count.inputTokens;
  sum.outputTokens += count.outputTokens;
  if (count.products === undefined) return;
  sum.products = [...new Set([...(sum.products ?? []), ...count.products])].slice(0, MAX_PRODUCTS);
}

function addLoad(loads: Map<string, Mutable<ReportLoad>>, load: ReportLoad): void {
  const key = `${load.providerId}\n${load.accountKey}`;
  const sum = loads.get(key);
  if (sum === undefined) {
    loads.set(key, { ...load });
    return;
  }
  sum.requests += load.requests;
  if (load.peakInFlight > sum.peakInFlight) {
    sum.peakInFlight = load.peakInFlight;
    sum.peakInFlightAt = load.peakInFlightAt;
  }
  if (load.peakPerMinute > sum.peakPerMinute) {
    sum.peakPerMinute = load.peakPerMinute;
    sum.peakPerMinuteAt = load.peakPerMinuteAt;
  }
}

function addGroup(groups: Map<string, Mutable<ReportFailureGroup>>, group: ReportFailureGroup): void {
  const key = groupKey(group);
  const sum = groups.get(key);
  if (sum !== undefined) {
    sum.count += group.count;
    sum.lastAt = group.lastAt;
    sum.message = group.message;
  } else if (groups.size < MAX_GROUPS) groups.set(key, { ...group });
}
