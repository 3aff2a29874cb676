import type {
  LedgerReport,
  ReportCount,
  ReportFailure,
  ReportFailureGroup,
  ReportLoad,
  ReportResult,
} from '../core/report.ts';

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
  result(): Omit<LedgerReport, 'since' | 'until' | 'complete'>;
}

const MAX_COUNTS = 10_000;
const MAX_GROUPS = 300;
const MAX_FAILURES = 1000;
/** Of one count; a machine seldom has more versions of an agent in a day. */
const MAX_PRODUCTS = 6;
const MINUTE_MS = 60_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Traffic {
  readonly load: Mutable<ReportLoad>;
  /** When those under way end, soonest first. */
  readonly ends: number[];
  /** Starts of the last minute. */
  starts: number[];
}

/** Adds rows up to what a report says of them; its memory is bounded whatever their number. Pure. */
export function createReportFold(): ReportFold {
  const counts = new Map<string, Mutable<ReportCount>>();
  const groups = new Map<string, Mutable<ReportFailureGroup>>();
  const traffic = new Map<string, Traffic>();
  let failures: ReportFailure[] = [];
  let failureCount = 0;

  function count(row: ReportRow): void {
    const day = new Date(row.at).toISOString().slice(0, 10);
    const { providerId, accountKey, result } = row;
    const keyOf = (agentId: string, model: string) => [day, providerId, accountKey, agentId, model, result].join('\n');
    let { agentId } = row;
    let model = row.model ?? 'unknown';
    if (counts.size >= MAX_COUNTS && !counts.has(keyOf(agentId, model))) {
      agentId = 'others';
      model = 'others';
    }
    const key = keyOf(agentId, model);
    let sum = counts.get(key);
    if (sum === undefined) {
      sum = { day, providerId, accountKey, agentId, model, result, requests: 0, inputTokens: 0, outputTokens: 0 };
      counts.set(key, sum);
    }
    sum.requests += 1;
    sum.inputTokens += row.inputTokens;
    sum.outputTokens += row.outputTokens;
    const { agentProduct: product } = row;
    const { products = [] } = sum;
    if (product !== undefined && products.length < MAX_PRODUCTS && !products.includes(product)) {
      sum.products = [...products, product];
    }
  }

  function load(row: ReportRow): { inFlight: number; perMinute: number } {
    const { providerId, accountKey, at } = row;
    if (row.operation !== 'chat' || row.outcome === 'refused') return { inFlight: 0, perMinute: 0 };
    const key = `${providerId}\n${accountKey}`;
    let of = traffic.get(key);
    if (of === undefined) {
      of = {
        load: {
          providerId,
          accountKey,
          requests: 0,
          peakInFlight: 0,
          peakInFlightAt: undefined,
          peakPerMinute: 0,
          peakPerMinuteAt: undefined,
        },
        ends: [],
        starts: [],
      };
      traffic.set(key, of);
    }
    of.load.requests += 1;
    while (of.ends.length > 0 && of.ends[0]! <= at) of.ends.shift();
    // A refusal that was waited out lies within the exchange it belongs to, which counts by itself.
    const inFlight = row.outcome === 'absorbed' ? Math.max(1, of.ends.length) : of.ends.length + 1;
    if (row.outcome !== 'absorbed') insertSorted(of.ends, at + row.durationMs);
    of.starts = [...of.starts.filter((start) => start > at - MINUTE_MS), at];
    if (inFlight > of.load.peakInFlight && row.outcome !== 'absorbed') {
      of.load.peakInFlight = inFlight;
      of.load.peakInFlightAt = at;
    }
    if (of.starts.length > of.load.peakPerMinute) {
      of.load.peakPerMinute = of.starts.length;
      of.load.peakPerMinuteAt = at;
    }
    return { inFlight, perMinute: of.starts.length };
  }

  function fail(row: ReportRow, around: { inFlight: number; perMinute: number }): void {
    failureCount += 1;
    failures.push(failureOf(row, around));
    if (failures.length >= 2 * MAX_FAILURES) failures = failures.slice(-MAX_FAILURES);
    const { providerId, accountKey, status, code, type, message, at } = row;
    // Words differ from one refusal to the next (ids, times): only where there is no code do they tell refusals apart.
    const key = [providerId, accountKey, status, code, type, code === undefined ? message : ''].join('\n');
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
    result: () => ({
      counts: [...counts.values()].toSorted(byDay),
      load: [...traffic.values()].map((each) => each.load).toSorted((a, b) => b.requests - a.requests),
      groups: [...groups.values()].toSorted((a, b) => b.count - a.count),
      failures: failures.slice(-MAX_FAILURES).toReversed(),
      failureCount,
    }),
  };
}

function byDay(a: ReportCount, b: ReportCount): number {
  return a.day === b.day ? b.requests - a.requests : a.day < b.day ? -1 : 1;
}

function insertSorted(sorted: number[], value: number): void {
  let at = sorted.length;
  while (at > 0 && sorted[at - 1]! > value) at -= 1;
  sorted.splice(at, 0, value);
}

function failureOf(row: ReportRow, around: { inFlight: number; perMinute: number }): ReportFailure {
  const { id, at, providerId, accountKey, agentId, agentProduct, operation, model, outcome, status } = row;
  const { code, type, message, requestId, policyCode } = row;
  return {
    id,
    at,
    providerId,
    accountKey,
    agentId,
    agentProduct,
    operation,
    model,
    outcome,
    status,
    code,
    type,
    message,
    requestId,
    policyCode,
    ...around,
  };
}
