import type { ReportCount, ReportFailure, ReportFailureGroup, ReportLoad, ReportResult } from '../core/report.ts';
import { countPlace, groupKey, MAX_FAILURES, MAX_GROUPS, MAX_PRODUCTS } from './report-keys.ts';
import type { ReportPart } from './report-part.ts';
import type { Traffic } from './report-traffic.ts';

/** One exchange as a report reads it. */
export interface ReportRow extends Omit<ReportFailure, 'inFlight' | 'perMinute'> {
  readonly durationMs: number;
  readonly result: ReportResult;
  readonly failed: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface ReportFold {
  /** Rows come in the order in which they started. */
  add(row: ReportRow): void;
  /** What was added, as a part that ends at `endsAt`. */
  part(endsAt: number): ReportPart;
}

const DAY_MS = 86_400_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Adds rows up to what a report says of them; its memory is bounded whatever their number. Pure but for `traffic`, which it moves on. */
export function createReportFold(traffic: Traffic): ReportFold {
  const counts = new Map<string, Mutable<ReportCount>>();
  const groups = new Map<string, Mutable<ReportFailureGroup>>();
  const loads = new Map<string, Mutable<ReportLoad>>();
  let failures: (readonly [id: string, inFlight: number, perMinute: number])[] = [];
  let failureCount = 0;
  let dayAt = Number.NaN;
  let day = '';

  function count(row: ReportRow): void {
    const { at, providerId, accountKey, result } = row;
    if (!(at >= dayAt && at < dayAt + DAY_MS)) {
      dayAt = Math.floor(at / DAY_MS) * DAY_MS;
      day = new Date(dayAt).toISOString().slice(0, 10);
    }
    const { agentId: own, model: named = 'unknown' } = row;
    const of = { day, providerId, accountKey, agentId: own, model: named, result };
    const { key, agentId, model } = countPlace(counts, of);
    let sum = counts.get(key);
    if (sum === undefined) {
      sum = { day, providerId, accountKey, agentId, model, result, requests: 0, inputTokens: 0, outputTokens: 0 };
      counts.set(key, sum);
    }
    sum.requests += 1;
    sum.inputTokens += row.inputTokens;
    sum.outputTokens += row.outputTokens;
    const { agentProduct: product } = row;
    if (product === undefined) return;
    const { products = [] } = sum;
    if (products.length < MAX_PRODUCTS && !products.includes(product)) sum.products = [...products, product];
  }

  function load(row: ReportRow): { readonly inFlight: number; readonly perMinute: number } {
    const { providerId, accountKey, at } = row;
    if (!isSent(row)) return { inFlight: 0, perMinute: 0 };
    const key = `${providerId}\n${accountKey}`;
    let of = loads.get(key);
    if (of === undefined) loads.set(key, (of = noLoad(providerId, accountKey)));
    of.requests += 1;
    // A refusal that was waited out lies within the exchange it belongs to, which counts by itself.
    const absorbed = row.outcome === 'absorbed';
    const around = traffic.begin(key, at, absorbed ? undefined : at + row.durationMs);
    if (around.inFlight > of.peakInFlight && !absorbed) {
      of.peakInFlight = around.inFlight;
      of.peakInFlightAt = at;
    }
    if (around.perMinute > of.peakPerMinute) {
      of.peakPerMinute = around.perMinute;
      of.peakPerMinuteAt = at;
    }
    return around;
  }

  function fail(row: ReportRow, around: { readonly inFlight: number; readonly perMinute: number }): void {
    failureCount += 1;
    failures.push([row.id, around.inFlight, around.perMinute]);
    if (failures.length >= 2 * MAX_FAILURES) failures = failures.slice(-MAX_FAILURES);
    const { providerId, accountKey, status, code, type, message, at } = row;
    const key = groupKey(row);
    const group = groups.get(key);
    if (group !== undefined) {
      group.count += 1;
      group.lastAt = at;
      group.message = message;
    } else if (groups.size < MAX_GROUPS) {
      groups.set(key, { providerId, accountKey, status, code, type, message, count: 1, firstAt: at, lastAt: at });
    }
  }

  return {
    add(row) {
      count(row);
      const around = load(row);
      if (row.failed) fail(row, around);
    },
    part: (endsAt) => ({
      counts: [...counts.values()],
      load: [...loads.values()],
      groups: [...groups.values()],
      failures: failures.slice(-MAX_FAILURES),
      failureCount,
      open: traffic.open(endsAt),
    }),
  };
}

/** True for a chat request that went out: what load is counted from. */
function isSent({ operation, outcome }: Pick<ReportRow, 'operation' | 'outcome'>): boolean {
  return operation === 'chat' && outcome !== 'refused';
}

function noLoad(providerId: string, accountKey: string): Mutable<ReportLoad> {
  return {
    providerId,
    accountKey,
    requests: 0,
    peakInFlight: 0,
    peakInFlightAt: undefined,
    peakPerMinute: 0,
    peakPerMinuteAt: undefined,
  };
}
