import type { Flag } from '../core/flag.ts';
import type { History, HistoryDim, HistorySeries, HistoryWindow } from '../core/history.ts';
import type { Plan } from '../core/plan.ts';
import type { QuotaWindow } from '../core/quota-window.ts';
import type { AccountView } from '../core/snapshot.ts';
import type { AskedWindow, HistoryAsk } from '../ledger/history-ask.ts';
import type { HistoryRows, ModelRows } from '../ledger/history-rows.ts';
import type { CycleRows } from '../ledger/history-limits.ts';
import type { HistoryQuery } from '../protocol/history.ts';
import { providers } from '../providers/list.ts';
import type { CostOf } from '../quota/cost.ts';
import { bucketEdges, zoneOffsets } from '../quota/history-edges.ts';
import { createPeakClock } from '../quota/peak.ts';
import { createWeigher } from '../quota/weigh-burns.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { SessionBook } from './session-book.ts';

export interface HistoryDeps {
  readonly ledger: Pick<LedgerWriter, 'flush' | 'query'>;
  readonly accounts: () => readonly AccountView[];
  readonly flags: () => readonly Pick<Flag, 'at' | 'ruleId' | 'category' | 'providerId' | 'accountKey'>[];
  readonly costOf: () => CostOf;
  readonly sessions: Pick<SessionBook, 'session' | 'workspace'>;
  readonly agentName: (agentId: string) => string;
}

export type MadeHistory =
  | { readonly ok: true; readonly history: History }
  | { readonly ok: false; readonly reason: 'unknown-account' | 'ledger-off' };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_FLAGS = 200;

/** One account's past in buckets, from the ledger's hourly sums; see core/history.ts for what each figure is. */
export async function makeHistory(deps: HistoryDeps, query: HistoryQuery, now: number): Promise<MadeHistory> {
  const account = deps
    .accounts()
    .find(
      ({ providerId, accountKey }) =>
        (query.providerId ?? providerId) === providerId && (query.accountKey ?? accountKey) === accountKey,
    );
  if (account === undefined) return { ok: false, reason: 'unknown-account' };
  const { providerId, accountKey } = account;
  const plan = providers.find(({ id }) => id === providerId)?.plans.find(({ id }) => id === account.planId);
  const to = Math.min(query.to, now + 1);
  const edges = bucketEdges(Math.min(query.from, to - 1), to, query.bucket, query.zone);
  const starts = edges.slice(0, -1);
  const asked = account.windows.filter(isCharted);
  await deps.ledger.flush();
  const rows = await deps.ledger.query('history', {
    providerId,
    accountKey,
    edges,
    grain: query.bucket === '5m' ? 'minute' : query.bucket === '15m' ? 'quarter' : 'hour',
    offsets: zoneOffsets(starts[0]!, to, query.zone),
    windows: asked.map((window) => askWindow(window, now)),
    peak: askPeak(plan),
  });
  if (rows === undefined) return { ok: false, reason: 'ledger-off' };
  const peak = plan?.peak === undefined ? undefined : peakWeek(createPeakClock(plan.peak), now, query.zone);
  const flags = deps
    .flags()
    .filter((flag) => flag.providerId === providerId && flag.accountKey === accountKey)
    .filter(({ at }) => at >= starts[0]! && at < to)
    .map(({ at, ruleId, category }) => ({ at, ruleId, category }))
    .toSorted((a, b) => a.at - b.at)
    .slice(-MOST_FLAGS);
  const history: History = {
    schema: 'planward.history.v1',
    at: now,
    from: starts[0]!,
    to,
    bucket: query.bucket,
    starts,
    knownFrom: rows.knownFrom,
    account: {
      providerId,
      accountKey,
      providerName: account.providerName,
      planName: account.planName,
      ...(account.label === undefined ? {} : { label: account.label }),
    },
    burn: {
      agent: nameSeries(deps, 'agent', rows),
      model: nameSeries(deps, 'model', rows),
      kind: nameSeries(deps, 'kind', rows),
      session: nameSeries(deps, 'session', rows),
      workspace: nameSeries(deps, 'workspace', rows),
    },
    week: { ...rows.week, ...(peak === undefined ? {} : { peak }) },
    windows: asked.map((window, i) => historyWindow(window, rows.windows[i]!, plan, now)),
    failures: rows.failures,
    flags,
    cost: costOfModels(rows.burn.model, deps.costOf(), plan),
  };
  return { ok: true, history };
}

/** Windows of an hour or less refill too fast for a chart, and a balance has no length. */
function isCharted({ windowMs }: QuotaWindow): boolean {
  return windowMs !== undefined && windowMs > HOUR_MS;
}

function askWindow({ windowMs = 0, model, resetsAt }: QuotaWindow, now: number): AskedWindow {
  const month = windowMs > 27.5 * DAY_MS && windowMs < 31.5 * DAY_MS;
  return {
    shortestMs: month ? 27.5 * DAY_MS : windowMs * 0.99,
    longestMs: month ? 31.5 * DAY_MS : windowMs * 1.01,
    model: model?.toLowerCase() ?? '',
    startsAt: resetsAt === undefined || resetsAt <= now ? undefined : resetsAt - windowMs,
  };
}

function askPeak(plan: Plan | undefined): HistoryAsk['peak'] {
  if (plan?.peak === undefined) return undefined;
  const { weekdays, startHour, endHour, utcOffset } = plan.peak;
  const { offsetMs } = zoneOffsets(0, 0, utcOffset)[0]!;
  return { weekdays: weekdays.reduce((mask, day) => mask | (1 << (day - 1)), 0), offsetMs, startHour, endHour };
}

function historyWindow(
  window: QuotaWindow,
  rows: HistoryRows['windows'][number],
  plan: Plan | undefined,
  now: number,
): HistoryWindow {
  const { id, windowMs, model, resetsAt, usedFraction } = window;
  const open = windowMs !== undefined && resetsAt !== undefined && resetsAt > now;
  // The figure that all surfaces show is the last point, so that no chart says another.
  const last = usedFraction === undefined ? [] : [[now, usedFraction] as const];
  return {
    id,
    windowMs,
    model,
    used: rows.peaks,
    cycle: open ? { startsAt: resetsAt - windowMs, resetsAt, points: [...rows.points, ...last] } : undefined,
    ...capacityOf(model === undefined ? rows.cycles : [], plan),
  };
}

/** Credits where the plan has rates for all that was burned, else tokens. Cycles in which nothing was seen are left out. */
function capacityOf(
  cycles: readonly CycleRows[],
  plan: Plan | undefined,
): Pick<HistoryWindow, 'capacity' | 'capacityUnit'> {
  const weigh = createWeigher(plan);
  const inUnit = (unit: 'credits' | 'tokens') =>
    cycles.flatMap(({ lastAt, over, burns }) => {
      const amount = weigh(unit, burns, Number.NEGATIVE_INFINITY);
      return amount === undefined || amount <= 0 ? [] : [{ at: lastAt, perPercent: amount / (over * 100), over }];
    });
  const credits = inUnit('credits');
  const capacity = credits.length > 0 ? credits : inUnit('tokens');
  const capacityUnit = credits.length > 0 ? 'credits' : 'tokens';
  return { capacity, capacityUnit: capacity.length === 0 ? undefined : capacityUnit };
}

function nameSeries(deps: HistoryDeps, dim: HistoryDim, { burn }: HistoryRows): readonly HistorySeries[] {
  return burn[dim].map(({ id, tokens, requests }) => ({
    id,
    ...(id === 'unknown' || id === 'other' ? {} : nameOf(deps, dim, id)),
    tokens,
    requests,
  }));
}

/** What people call it, where it has a name other than its id. */
function nameOf(
  { sessions, agentName }: HistoryDeps,
  dim: HistoryDim,
  id: string,
): Pick<HistorySeries, 'name' | 'firstAt'> {
  if (dim === 'agent') return { name: agentName(id) };
  if (dim === 'workspace') return { name: sessions.workspace(id)?.name };
  const session = dim === 'session' ? sessions.session(id) : undefined;
  return session === undefined ? {} : { name: agentName(session.agentId), firstAt: session.firstAt };
}

/** Which hours of this week the full price holds in, Monday 00:00 of the zone first. */
function peakWeek(isPeak: (at: number) => boolean, now: number, zone: string): readonly boolean[] {
  const offsetMs = zoneOffsets(now, now, zone)[0]!.offsetMs;
  const hour = Math.floor((now + offsetMs) / HOUR_MS);
  // 1 January 1970 was a Thursday, 72 hours after Monday.
  const monday = hour - ((hour + 72) % 168);
  return Array.from({ length: 168 }, (_, i) => isPeak((monday + i) * HOUR_MS - offsetMs));
}

function costOfModels(models: readonly ModelRows[], costOf: CostOf, plan: Plan | undefined): History['cost'] {
  const burnOf = (series: ModelRows, pick: (figures: readonly number[]) => number) => ({
    minuteAt: 0,
    providerId: '',
    accountKey: '',
    model: series.id,
    agentId: '',
    requests: pick(series.requests),
    inputTokens: pick(series.input),
    cacheReadTokens: pick(series.cacheRead),
    cacheWriteTokens: pick(series.cacheWrite),
    outputTokens: pick(series.output),
  });
  const length = models[0]?.requests.length ?? 0;
  const usdMicros = Array.from(
    { length },
    (_, i) =>
      costOf(
        models.map((series) => burnOf(series, (figures) => figures[i]!)),
        0,
      )?.usdMicros ?? 0,
  );
  const total = costOf(
    models.map((series) => burnOf(series, (figures) => figures.reduce((sum, figure) => sum + figure, 0))),
    0,
  );
  return {
    usdMicros,
    totalUsdMicros: total?.usdMicros,
    unpriced: total?.unpriced ?? [],
    planUsdMicros: plan?.priceUsdMicros,
  };
}
