import type { Exchange } from '../core/exchange.ts';
import type { Plan } from '../core/plan.ts';
import type { Provider } from '../core/provider.ts';
import type { QuotaWindow } from '../core/quota-window.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import type { AccountView, AgentView, ExchangeView, PollState } from '../core/snapshot.ts';
import { burnOf } from '../core/burn.ts';
import { minuteOf, type Burn } from '../core/usage.ts';
import { monthOf, type CostOf } from '../quota/cost.ts';
import { createBurnStore, type BurnStore } from './burn-store.ts';
import type { Opened } from './opening.ts';
import { createReroutings, type Reroutings } from './reroutings.ts';

/** What the quota engine gives the tally: windows with all that is told of them, and the choice of a plan. */
export interface QuotaEngine {
  readQuota(input: {
    plan: Plan | undefined;
    burns: readonly Burn[];
    limits: readonly RateLimit[];
    now: number;
    costOf?: CostOf;
  }): readonly QuotaWindow[];
  choosePlan(plans: readonly Plan[], tier: string | undefined, readings: readonly RateLimit[]): Plan | undefined;
  peakState(plan: Plan | undefined, now: number): { readonly now: boolean; readonly untilAt: number } | undefined;
}

export interface TallyDeps {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly quota: QuotaEngine;
  readonly agentName: (agentId: string) => string;
  /** Plan id the user told for a provider. */
  readonly toldPlan: (providerId: string) => string | undefined;
  readonly pollState: (providerId: string, accountKey: string) => PollState;
  /** What the user calls an account. */
  readonly accountName: (accountKey: string) => string | undefined;
  /** Prices tokens; another function once the prices have changed. */
  readonly costOf: () => CostOf;
}

/** What the ledger remembers from before this start. */
export interface Remembered {
  readonly burns: readonly Burn[];
  readonly limits: readonly { providerId: string; accountKey: string; limits: readonly RateLimit[] }[];
  readonly recent: readonly ExchangeView[];
  /** Also those whose requests were all refused. */
  readonly accounts?: readonly { providerId: string; accountKey: string; lastSeenAt: number }[];
  readonly agents: readonly { agentId: string; providerId: string; lastSeenAt: number; requests: number }[];
  readonly rerouted: readonly {
    providerId: string;
    accountKey: string;
    requested: string;
    served: string;
    lastAt: number;
    count: number;
  }[];
  readonly count: number;
}

interface Account {
  readonly providerId: string;
  readonly accountKey: string;
  readonly burns: BurnStore;
  readonly rerouted: Reroutings;
  /** Latest reading per policy, source and model. */
  readonly limits: Map<string, RateLimit>;
  tier: string | undefined;
  lastSeenAt: number;
  inFlight: number;
  /** What was told last; undefined once something changed. */
  told: Told | undefined;
}

/** What an account's history and readings say, which changes slowly without traffic. */
interface Told extends Pick<AccountView, 'windows' | 'month'> {
  readonly at: number;
  readonly plan: Plan | undefined;
  readonly costOf: CostOf;
}

interface AgentSeen {
  readonly agentId: string;
  readonly providerId: string;
  lastSeenAt: number;
  inFlight: number;
  requests: number;
}

const RECENT = 50;
/** An account may be folded into one that is folded itself later. */
const MAX_FOLDS = 4;
/** The longest window any plan has (a month) and some: what lies before is in no window. */
const KEPT_MS = 35 * 86_400_000;
const FINE_MS = 6 * 3_600_000;
const QUARTER_MS = 900_000;
/** How long windows hold for an account without traffic, unless one of them resets. */
const TOLD_MS = 20_000;

/** Running totals of everything seen, in memory: what a Snapshot is made of. */
export interface Tally {
  remember(before: Remembered): void;
  opened(opened: Opened): void;
  closed(opened: Opened, exchange: Exchange): void;
  /** Two accounts turned out to be one: what was kept under `from` counts under `to`, now and later. */
  fold(providerId: string, from: string, to: string): void;
  /** Turns that came from outside an exchange; negative burns take away what is counted as an exchange now. */
  adjust(burns: readonly Burn[], now: number): void;
  /** A reading that came from outside an exchange (a usage endpoint). */
  reading(providerId: string, accountKey: string, limits: readonly RateLimit[], tier: string | undefined): void;
  accounts(now: number): readonly AccountView[];
  agents(): readonly Omit<AgentView, 'paused' | 'held'>[];
  recent(): readonly ExchangeView[];
  readonly inFlight: number;
  readonly exchanges: number;
}

export function createTally(deps: TallyDeps): Tally {
  const accounts = new Map<string, Account>();
  const agents = new Map<string, AgentSeen>();
  let recent: ExchangeView[] = [];
  let inFlight = 0;
  let exchanges = 0;

  /** Key of an account -> the key it counts under. */
  const same = new Map<string, string>();

  function account(providerId: string, given: string): Account {
    let accountKey = given;
    for (let i = 0; i < MAX_FOLDS; i++) accountKey = same.get(`${providerId} ${accountKey}`) ?? accountKey;
    const key = `${providerId} ${accountKey}`;
    let found = accounts.get(key);
    if (found === undefined) {
      found = {
        providerId,
        accountKey,
        burns: createBurnStore(),
        rerouted: createReroutings(),
        limits: new Map(),
        tier: undefined,
        lastSeenAt: 0,
        inFlight: 0,
        told: undefined,
      };
      accounts.set(key, found);
    }
    return found;
  }

  function agent(agentId: string, providerId: string): AgentSeen {
    const key = `${agentId} ${providerId}`;
    let found = agents.get(key);
    if (found === undefined) {
      found = { agentId, providerId, lastSeenAt: 0, inFlight: 0, requests: 0 };
      agents.set(key, found);
    }
    return found;
  }

  function keepLimits(of: Account, limits: readonly RateLimit[]): void {
    of.told = undefined;
    for (const limit of limits) {
      // One that says no figure must not take the place of one that did.
      const empty = limit.used === undefined && limit.remaining === undefined && limit.usedFraction === undefined;
      of.limits.set(`${limit.policy} ${limit.source} ${limit.model ?? ''}${empty ? ' without figure' : ''}`, limit);
    }
  }

  /** Windows and month, worked out anew only where something may have changed them: a month of history is long. */
  function tell(of: Account, plan: Plan | undefined, limits: readonly RateLimit[], now: number): Told {
    const costOf = deps.costOf();
    const { told } = of;
    if (told !== undefined && told.plan === plan && told.costOf === costOf && stillHolds(told, now)) return told;
    const burns = of.burns.all();
    const startsAt = monthOf(now);
    const cost = costOf(burns, startsAt);
    of.told = {
      at: now,
      plan,
      costOf,
      windows: deps.quota.readQuota({ plan, burns, limits, now, costOf }),
      month: cost === undefined ? undefined : { startsAt, cost },
    };
    return of.told;
  }

  function view(of: Account, now: number): AccountView {
    const provider = deps.providers.get(of.providerId);
    const limits = [...of.limits.values()];
    const told = deps.toldPlan(of.providerId);
    const plan =
      provider?.plans.find(({ id }) => id === told) ?? deps.quota.choosePlan(provider?.plans ?? [], of.tier, limits);
    const { windows, month } = tell(of, plan, limits, now);
    const label = deps.accountName(of.accountKey);
    const rerouted = of.rerouted.list(now);
    return {
      accountKey: of.accountKey,
      ...(label === undefined ? {} : { label }),
      providerId: of.providerId,
      providerName: provider?.name ?? of.providerId,
      planId: plan?.id,
      planName: plan?.name,
      shortName: plan?.shortName ?? provider?.shortName ?? of.providerId,
      windows,
      peak: deps.quota.peakState(plan, now),
      poll: deps.pollState(of.providerId, of.accountKey),
      ...(month === undefined ? {} : { month }),
      ...(rerouted.length === 0 ? {} : { rerouted }),
      lastSeenAt: of.lastSeenAt,
      inFlight: of.inFlight,
    };
  }

  return {
    remember(before) {
      for (const burn of before.burns) {
        const of = account(burn.providerId, burn.accountKey);
        of.burns.remember(burn);
        of.told = undefined;
        of.lastSeenAt = Math.max(of.lastSeenAt, burn.minuteAt);
      }
      for (const { providerId, accountKey, limits } of before.limits) {
        const of = account(providerId, accountKey);
        keepLimits(of, limits);
        seenBy(of, limits);
      }
      for (const { providerId, accountKey, lastSeenAt } of before.accounts ?? []) {
        const of = account(providerId, accountKey);
        of.lastSeenAt = Math.max(of.lastSeenAt, lastSeenAt);
      }
      for (const seen of before.agents) {
        const of = agent(seen.agentId, seen.providerId);
        of.lastSeenAt = Math.max(of.lastSeenAt, seen.lastSeenAt);
        of.requests += seen.requests;
      }
      for (const { providerId, accountKey, requested, served, lastAt, count } of before.rerouted) {
        account(providerId, accountKey).rerouted.add(requested, served, lastAt, count);
      }
      const known = new Set(recent.map(({ id }) => id));
      recent = [...recent, ...before.recent.filter(({ id }) => !known.has(id))].slice(0, RECENT);
      exchanges += before.count;
    },
    opened(opened) {
      inFlight += 1;
      const by = agent(opened.agentId, opened.providerId);
      by.inFlight += 1;
      by.lastSeenAt = Math.max(by.lastSeenAt, opened.startedAt);
      if (opened.accountKey !== undefined) account(opened.providerId, opened.accountKey).inFlight += 1;
    },
    closed(opened, exchange) {
      inFlight -= 1;
      exchanges += 1;
      agent(opened.agentId, opened.providerId).inFlight -= 1;
      const by = agent(exchange.agentId, exchange.providerId);
      by.requests += 1;
      by.lastSeenAt = Math.max(by.lastSeenAt, exchange.startedAt);
      recent.unshift(exchangeView(exchange));
      if (recent.length > RECENT) recent.length = RECENT;
      if (opened.accountKey === undefined) return;
      const of = account(opened.providerId, opened.accountKey);
      of.inFlight -= 1;
      of.lastSeenAt = Math.max(of.lastSeenAt, exchange.startedAt);
      keepLimits(of, exchange.limits);
      const burn = burnOf(exchange);
      if (burn.requests > 0) of.burns.add({ ...burn, minuteAt: exchange.startedAt + exchange.durationMs });
      of.rerouted.add(exchange.modelRequested, exchange.modelServed, exchange.startedAt);
    },
    fold(providerId, from, to) {
      same.set(`${providerId} ${from}`, to);
      const old = accounts.get(`${providerId} ${from}`);
      if (old === undefined) return;
      accounts.delete(`${providerId} ${from}`);
      const into = account(providerId, to);
      for (const burn of old.burns.all()) {
        // One that is not on a minute is still kept at its own instant.
        const { remember, add } = into.burns;
        (burn.minuteAt === minuteOf(burn.minuteAt) ? remember : add)({ ...burn, accountKey: to });
      }
      for (const { requested, served, lastAt, count } of old.rerouted.all()) {
        into.rerouted.add(requested, served, lastAt, count);
      }
      // The later reading of each kind counts.
      keepLimits(
        into,
        [...old.limits.values(), ...into.limits.values()].toSorted((a, b) => a.seenAt - b.seenAt),
      );
      into.tier ??= old.tier;
      into.lastSeenAt = Math.max(into.lastSeenAt, old.lastSeenAt);
      into.inFlight += old.inFlight;
    },
    adjust(burns, now) {
      for (const burn of burns) {
        exchanges += burn.requests;
        const by = agent(burn.agentId, burn.providerId);
        by.requests += burn.requests;
        by.lastSeenAt = Math.max(by.lastSeenAt, burn.minuteAt);
        if (burn.minuteAt < now - KEPT_MS) continue;
        const of = account(burn.providerId, burn.accountKey);
        // As coarse as the ledger gives them at a start: a first reading may bring years of them.
        const old = burn.minuteAt < now - FINE_MS;
        of.burns.remember(old ? { ...burn, minuteAt: Math.floor(burn.minuteAt / QUARTER_MS) * QUARTER_MS } : burn);
        of.told = undefined;
        of.lastSeenAt = Math.max(of.lastSeenAt, burn.minuteAt);
      }
    },
    reading(providerId, accountKey, limits, tier) {
      const of = account(providerId, accountKey);
      keepLimits(of, limits);
      of.tier = tier ?? of.tier;
      seenBy(of, limits);
    },
    accounts: (now) =>
      [...accounts.values()]
        .filter(({ accountKey }) => accountKey !== '')
        .map((of) => view(of, now))
        .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt),
    agents: () =>
      [...agents.values()]
        // One that is not recognised yet may be by the end of its first request.
        .filter(({ agentId, requests, inFlight: now }) => requests > 0 || (now > 0 && agentId !== 'unknown'))
        .map((of) => ({ ...of, agentName: deps.agentName(of.agentId) }))
        .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt),
    recent: () => recent,
    get inFlight() {
      return inFlight;
    },
    get exchanges() {
      return exchanges;
    },
  };
}

/** An account that is only metered has no traffic that says when it was there. */
function seenBy(of: Account, limits: readonly RateLimit[]): void {
  if (of.lastSeenAt === 0) of.lastSeenAt = Math.max(0, ...limits.map(({ seenAt }) => seenAt));
}

function stillHolds(told: Told, now: number): boolean {
  if (now < told.at || now - told.at > TOLD_MS) return false;
  return told.windows.every(({ resetsAt }) => resetsAt === undefined || resetsAt <= told.at || resetsAt > now);
}

function exchangeView(exchange: Exchange): ExchangeView {
  const { id, startedAt, providerId, agentId, operation, modelRequested, modelServed, outcome, status } = exchange;
  const { durationMs, firstByteMs, usage, error } = exchange;
  return {
    id,
    startedAt,
    providerId,
    agentId,
    operation,
    modelRequested,
    modelServed,
    outcome,
    status,
    durationMs,
    firstByteMs,
    usage,
    error,
  };
}
