import type { ErrorClass } from '../../core/error-code.ts';
import { header } from '../../core/provider.ts';
import type { Patience } from '../gate.ts';
import type { HeldReply } from '../held-response.ts';
import { restAfter } from './back-off.ts';
import { createLane, DEFAULT_RULES, type Lane, type LaneRules, type LaneView, type Ticket } from './lane.ts';

export interface PacedRequest {
  readonly providerId: string;
  readonly accountKey: string;
  readonly model: string;
  readonly agentId: string;
  /** A title, a classifier, a compaction: waits behind the user's own requests. */
  readonly side: boolean;
  /** Longest it may be held in all. */
  readonly patienceMs: number;
}

/** A request's place in its lane. */
export interface Pace {
  /** True once it may go; false where it left, or waited for its turn as long as it may. */
  readonly granted: Promise<boolean>;
  readonly patience: Patience;
  /** The exchange is over; `answered` where the provider gave a whole answer. */
  over(answered: boolean): void;
}

export interface PacerLaneView extends LaneView {
  readonly providerId: string;
  readonly accountKey: string;
  readonly model: string;
}

export interface PacerDeps {
  readonly now: () => number;
  readonly random: () => number;
  readonly after: (ms: number, work: () => void) => () => void;
  /** What kind of refusal a held answer is. */
  readonly classOf: (providerId: string, reply: HeldReply) => ErrorClass;
  /** Whether short refusals are waited out, or only queued for. */
  readonly absorbs: (providerId: string) => boolean;
  readonly rules?: LaneRules;
  readonly onChange: () => void;
}

export interface Pacer {
  enter(request: PacedRequest): Pace;
  /** Lanes that hold somebody. */
  lanes(): readonly PacerLaneView[];
  /** Lets everyone who waits for this provider go at once. */
  release(providerId: string): void;
}

/** A lane nobody used for this long begins anew, with its first slots. */
const FORGET_MS = 10 * 60_000;
const MAX_LANES = 200;

/** Queues requests per key and model, as providers count them, and waits out refusals that pass by themselves. */
export function createPacer(deps: PacerDeps): Pacer {
  const lanes = new Map<string, { readonly lane: Lane; readonly request: PacedRequest; usedAt: number }>();

  function laneFor(request: PacedRequest): Lane {
    const key = `${request.providerId} ${request.accountKey} ${request.model}`;
    let held = lanes.get(key);
    if (held === undefined) {
      forgetIdle();
      const lane = createLane({
        now: deps.now,
        after: deps.after,
        rules: deps.rules ?? DEFAULT_RULES,
        onChange: deps.onChange,
      });
      held = { lane, request, usedAt: 0 };
      lanes.set(key, held);
    }
    held.usedAt = deps.now();
    return held.lane;
  }

  function forgetIdle(): void {
    for (const [key, { lane, usedAt }] of lanes) {
      if (lane.empty && (usedAt < deps.now() - FORGET_MS || lanes.size > MAX_LANES)) lanes.delete(key);
    }
  }

  return {
    enter(request) {
      const ticket = laneFor(request).ask(request);
      const giveUpAt = deps.now() + request.patienceMs;
      return {
        granted: before(ticket, ticket.granted, deps, giveUpAt),
        patience: createPatience(deps, request, ticket, giveUpAt),
        over(answered) {
          if (answered) ticket.succeeded(); // does nothing where a refusal was passed on before
          else ticket.leave();
        },
      };
    },
    lanes: () =>
      [...lanes.values()]
        .filter(({ lane }) => !lane.empty || lane.view().restUntilAt > 0)
        .map(({ lane, request: { providerId, accountKey, model } }) => ({
          providerId,
          accountKey,
          model,
          ...lane.view(),
        })),
    release(providerId) {
      for (const [key, { lane, request }] of lanes) {
        if (request.providerId !== providerId) continue;
        lane.open();
        lanes.delete(key);
      }
    },
  };
}

/** Statuses a provider's rate refusal or overload comes with. */
const REFUSALS = new Set([429, 500, 503, 529]);

/**
 * Waits out what passes by itself: rate refusals of the account and overload of the platform. A used-up window, a policy
 * stop and everything else goes to the agent at once. Ends where the agent's own patience would.
 */
function createPatience(deps: PacerDeps, request: PacedRequest, ticket: Ticket, giveUpAt: number): Patience {
  /** Refusals that it met with no other of its lane under way. */
  let alone = 0;
  return {
    wants(status) {
      if (status >= 200 && status < 300) ticket.accepted();
      return REFUSALS.has(status);
    },
    again(reply) {
      const kind = deps.classOf(request.providerId, reply);
      if (kind !== 'account-rate' && kind !== 'platform-overload') {
        ticket.leave();
        return undefined;
      }
      const until = restUntil(kind, reply);
      if (!deps.absorbs(request.providerId) || until > giveUpAt) {
        ticket.refusedForGood(until);
        return undefined;
      }
      return before(ticket, ticket.refused(until), deps, giveUpAt);
    },
  };

  /**
   * When the lane should send again. First match:
   *
   * | the refusal | then |
   * | --- | --- |
   * | says when (`Retry-After`) | then, or after the grown rest where that is longer |
   * | of the account, beside others under way | as soon as one of them is over: 0 |
   * | of the account, and its limit is learned | when that lets one through, within the longest rest |
   * | of the account | when a limit of a usual length would, near the end of the rest |
   * | else | after a rest that grows |
   */
  function restUntil(kind: ErrorClass, reply: HeldReply): number {
    const now = deps.now();
    const asked = retryAfterMs(reply);
    if (asked === undefined && kind === 'account-rate' && ticket.crowded) return 0;
    const grown = now + restAfter(alone++, deps.random(), asked);
    const learned = kind === 'account-rate' ? ticket.freeAt : undefined;
    if (asked !== undefined || kind !== 'account-rate') return grown;
    if (learned === undefined) return ticket.usualAt(now + (grown - now) / 2, now + (grown - now) * 1.3) ?? grown;
    return Math.min(Math.max(learned, now + SHORTEST_MS), now + LONGEST_LEARNED_MS);
  }
}

/** Guesses that are wrong must not become a storm. */
const SHORTEST_MS = 500;
/** What was learned is believed for this long a rest, and then tried. */
const LONGEST_LEARNED_MS = 15_000;

/** False, and the place given up, once the agent's patience is over, however long the lane would still take. */
function before(ticket: Ticket, granted: Promise<boolean>, deps: PacerDeps, giveUpAt: number): Promise<boolean> {
  const cancel = deps.after(giveUpAt - deps.now(), () => ticket.leave());
  return granted.finally(cancel);
}

function retryAfterMs({ headers }: HeldReply): number | undefined {
  const seconds = Number(header(headers, 'retry-after'));
  return Number.isFinite(seconds) && seconds > 0 && seconds <= 120 ? seconds * 1000 : undefined;
}
