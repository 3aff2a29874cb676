import type { FailureContext } from '../../core/incident.ts';

/** One finished request as far as rates and overlaps go. */
export interface Passage {
  readonly id: string;
  readonly providerId: string;
  readonly accountKey: string | undefined;
  readonly agentId: string;
  readonly model: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The provider refused it; undefined where it was neither refused nor answered (cut, cancelled). */
  readonly refused: boolean | undefined;
  /** A title, a summary, a safety check; undefined where not known. */
  readonly side: boolean | undefined;
}

/** The last quarter of an hour, to say what was going on around a refusal. */
export interface RecentTraffic {
  opened(id: string, startedAt: number, providerId: string, accountKey: string | undefined): void;
  closed(passage: Passage): void;
  /** What is known of the key (account and model) of this refusal at its time. */
  around(refusal: Passage): FailureContext;
}

const KEPT_MS = 15 * 60_000;
const KEPT = 2000;
const MINUTE_MS = 60_000;
/** Refusals this close belong to the same weather. */
const WEATHER_MS = 5 * 60_000;

export function createRecentTraffic(): RecentTraffic {
  const open = new Map<string, { readonly startedAt: number; readonly key: string }>();
  let passed: Passage[] = [];
  const accountOf = (providerId: string, accountKey: string | undefined) => `${providerId} ${accountKey ?? ''}`;

  return {
    opened(id, startedAt, providerId, accountKey) {
      open.set(id, { startedAt, key: accountOf(providerId, accountKey) });
    },
    closed(passage) {
      open.delete(passage.id);
      passed.push(passage);
      // Now and then, since it goes over all of them.
      if (passed.length > 2 * KEPT)
        passed = passed.filter(({ endedAt }) => endedAt >= passage.endedAt - KEPT_MS).slice(-KEPT);
    },
    around(refusal) {
      const at = refusal.endedAt;
      const recent = passed.filter(({ endedAt }) => endedAt >= at - KEPT_MS);
      const mine = recent.filter(
        (each) =>
          each.providerId === refusal.providerId &&
          each.accountKey === refusal.accountKey &&
          each.model === refusal.model,
      );
      const key = accountOf(refusal.providerId, refusal.accountKey);
      const stillOpen = [...open.values()].filter((each) => each.key === key && each.startedAt <= at);
      const beside = mine.filter((each) => each.id !== refusal.id && underWay(each, refusal.startedAt, at));
      const answered = mine.filter(({ refused }) => refused === false);
      const refusals = mine.filter(({ refused }) => refused === true);
      const since = firstOfRun(refusals, at);
      return {
        inFlight: 1 + stillOpen.length + beside.length,
        requestsPerMinute: mine.filter(({ startedAt }) => startedAt > at - MINUTE_MS && startedAt <= at).length,
        acceptedInFlight: answered.length === 0 ? undefined : mostAtOnce(answered),
        sideRequests: beside.every(({ side }) => side === undefined)
          ? undefined
          : beside.filter(({ side }) => side).length,
        lone: loneFate(mine, Math.min(...stillOpen.map(({ startedAt }) => startedAt)), at),
        refusedForMs: at - since,
        passedMeanwhile: answered.filter(({ startedAt }) => startedAt >= since).length,
        platform: weather(recent, refusal),
        clientAlwaysRefused: everRefused(recent, refusal),
        otherClientsPass: recent.some(
          (each) =>
            each.accountKey === refusal.accountKey && each.agentId !== refusal.agentId && each.refused === false,
        ),
      };
    },
  };
}

function underWay(passage: Passage, from: number, until: number): boolean {
  return passage.startedAt <= until && passage.endedAt >= from;
}

function mostAtOnce(passages: readonly Passage[]): number {
  const steps = passages
    .flatMap(({ startedAt, endedAt }) => [
      { at: startedAt, by: 1 },
      { at: endedAt, by: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of steps) most = Math.max(most, (now += by));
  return most;
}

/** Beginning of the run of refusals that reaches to `at`, with no gap longer than five minutes. */
function firstOfRun(refusals: readonly Passage[], at: number): number {
  let since = at;
  for (const { endedAt } of refusals.toReversed()) {
    if (since - endedAt > WEATHER_MS) break;
    since = Math.min(since, endedAt);
  }
  return since;
}

/**
 * What the latest request got that had the key to itself, within the weather of this refusal. `openSince`: from when on
 * another one has been under way without an end yet; `Infinity` where there is none.
 */
function loneFate(mine: readonly Passage[], openSince: number, at: number): FailureContext['lone'] {
  for (const each of mine.toReversed()) {
    if (at - each.endedAt > WEATHER_MS) return undefined;
    if (each.refused === undefined || each.endedAt >= openSince) continue;
    const alone = mine.every((other) => other === each || !underWay(other, each.startedAt, each.endedAt));
    if (alone) return each.refused ? 'refused' : 'accepted';
  }
  return undefined;
}

function weather(recent: readonly Passage[], refusal: Passage): FailureContext['platform'] {
  const near = recent.filter(
    ({ endedAt, refused }) => refusal.endedAt - endedAt <= WEATHER_MS && refused !== undefined,
  );
  const here = near.filter(({ providerId }) => providerId === refusal.providerId);
  const models = new Set(here.map(({ model }) => model));
  const refusedModels = new Set(here.filter(({ refused }) => refused).map(({ model }) => model));
  const others = here.filter(({ accountKey }) => accountKey !== refusal.accountKey);
  const elsewhere = near.filter(({ providerId }) => providerId !== refusal.providerId);
  return {
    modelsAsked: models.size,
    modelsRefused: refusedModels.size,
    otherAccountsRefused:
      others.length === 0
        ? undefined
        : distinct(
            others.filter(({ refused }) => refused),
            'accountKey',
          ),
    otherProvidersFailing:
      elsewhere.length === 0
        ? undefined
        : distinct(
            elsewhere.filter(({ refused }) => refused),
            'providerId',
          ),
  };
}

function distinct(passages: readonly Passage[], by: 'accountKey' | 'providerId'): number {
  return new Set(passages.map((each) => each[by])).size;
}

/** True where this client was asked for at least three times with this key, and refused each time. */
function everRefused(recent: readonly Passage[], refusal: Passage): boolean | undefined {
  const own = recent.filter(
    (each) => each.accountKey === refusal.accountKey && each.agentId === refusal.agentId && each.refused !== undefined,
  );
  return own.length < 3 ? undefined : own.every(({ refused }) => refused);
}
