import { createStretch } from './stretch.ts';

/** Who asks for a slot. */
export interface Asker {
  readonly agentId: string;
  /** Titles, classifiers, compaction: they wait behind the user's own requests. */
  readonly side: boolean;
}

/** A place in a lane, from asking until the exchange is over. */
export interface Ticket {
  /** True once it may go; false where it was cancelled. */
  readonly granted: Promise<boolean>;
  /** The provider began to answer: known long before the answer is over, and others may go by it. */
  accepted(): void;
  /** Gives the slot back after an answer that was no rate refusal. */
  succeeded(): void;
  /** Whether others of this lane are under way: then a refusal says that the provider takes no more at once. */
  readonly crowded: boolean;
  /** When a request should pass again, learned from what was taken and refused before; undefined where too little is known. */
  readonly freeAt: number | undefined;
  /** An instant in this span at which limits of usual lengths let one through; undefined where there is none. */
  usualAt(from: number, until: number): number | undefined;
  /**
   * The provider refused for its rate: the slot goes back, and the lane rests until `restUntilAt`. With 0 it narrows to those
   * under way, and this request goes when one of them is over. Resolves when it may be sent again, false where it was
   * cancelled meanwhile.
   */
  refused(restUntilAt: number): Promise<boolean>;
  /** The same, for a refusal that went to the agent: this request is done. */
  refusedForGood(restUntilAt: number): void;
  /** Gives up the place or the slot without a word on the provider's mood. Harmless twice. */
  leave(): void;
}

export interface LaneRules {
  /** Slots a lane begins with, the most it grows to, and how many answers in a row widen it by one. */
  readonly startSlots: number;
  readonly maxSlots: number;
  readonly growAfter: number;
}

/** A width that was refused is tried again after so many times more answers each time, up to this many. */
const MOST_PATIENT = 8;

export const DEFAULT_RULES: LaneRules = { startSlots: 4, maxSlots: 16, growAfter: 8 };

export interface LaneView {
  readonly slots: number;
  readonly inFlight: number;
  readonly waiting: number;
  /** No request is let go before this instant; 0 where there is no rest. */
  readonly restUntilAt: number;
}

export interface Lane {
  ask(asker: Asker): Ticket;
  view(): LaneView;
  /** Lets everyone go at once: the pacer was switched off. */
  open(): void;
  /** True where nobody is in it, so that it can be forgotten. */
  readonly empty: boolean;
}

export interface LaneDeps {
  readonly now: () => number;
  readonly after: (ms: number, work: () => void) => () => void;
  readonly rules: LaneRules;
  readonly onChange: () => void;
}

interface Waiting {
  readonly asker: Asker;
  readonly order: number;
  readonly notBefore: number;
  readonly settle: (go: boolean) => void;
}

/**
 * One queue for one key and model, as providers count them. A refusal beside others under way narrows the lane to those; one
 * without halves the slots and rests. Slots grow by one after a run of answers, a longer run each time that width was refused.
 * Next is who asks for the user, then the agent served least lately,
 * then who came first. Nobody is served twice while another agent waits, so a busy one cannot starve the rest.
 */
export function createLane({ now, after, rules, onChange }: LaneDeps): Lane {
  let slots = rules.startSlots;
  let inFlight = 0;
  let streak = 0;
  let restUntilAt = 0;
  let orders = 0;
  let opened = false;
  const waiting = new Set<Waiting>();
  const servedAt = new Map<string, number>();
  const stretch = createStretch();
  /** Runs of answers that it takes to widen the lane. */
  let patience = 1;
  let widened = false;
  /** Slots at the first of a run of refusals that width cannot explain; back as soon as a request passes. */
  let before: number | undefined;
  /** Slots before they were narrowed to those under way, until a request passes and shows that this helped. */
  let wide: number | undefined;
  let refusedAt = 0;
  let cancelTimer = (): void => {};

  function serve(): void {
    cancelTimer();
    for (;;) {
      const next = pickNext();
      if (next === undefined) break;
      waiting.delete(next);
      inFlight += 1;
      servedAt.set(next.asker.agentId, ++orders);
      next.settle(true);
    }
    const earliest = Math.min(...[...waiting].map(({ notBefore }) => Math.max(notBefore, restUntilAt)));
    if (earliest > now() && Number.isFinite(earliest)) cancelTimer = after(earliest - now(), serve);
    onChange();
  }

  function pickNext(): Waiting | undefined {
    if (!opened && (inFlight >= Math.floor(slots) || restUntilAt > now())) return undefined;
    let best: Waiting | undefined;
    for (const each of waiting) {
      if (!opened && each.notBefore > now()) continue;
      if (best === undefined || comesBefore(each, best)) best = each;
    }
    return best;
  }

  function comesBefore(a: Waiting, b: Waiting): boolean {
    if (a.asker.side !== b.asker.side) return b.asker.side;
    const served = (servedAt.get(a.asker.agentId) ?? 0) - (servedAt.get(b.asker.agentId) ?? 0);
    return served === 0 ? a.order < b.order : served < 0;
  }

  function narrow(until: number): void {
    streak = 0;
    if (widened) patience = Math.min(MOST_PATIENT, patience * 2);
    widened = false;
    refusedAt = now();
    if (inFlight > 0 && until === 0) {
      wide ??= slots;
      slots = Math.min(slots, inFlight);
    } else {
      if (inFlight === 0) before ??= wide ?? slots;
      slots = Math.max(1, slots / 2);
    }
    restUntilAt = Math.max(restUntilAt, until);
  }

  function passed(wentAt: number): void {
    stretch.taken(wentAt);
    if (wentAt < refusedAt) return;
    wide = undefined;
    if (before === undefined) return;
    slots = before;
    before = undefined;
    serve();
  }

  function queue(asker: Asker, notBefore: number, onGo: () => void) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const settle = (go: boolean): void => {
      if (go) onGo();
      resolve(go);
    };
    const place: Waiting = { asker, order: ++orders, notBefore, settle };
    waiting.add(place);
    serve();
    return { granted: promise, place };
  }

  return {
    ask(asker) {
      let wentAt = 0;
      const went = (): void => void (wentAt = now());
      const first = queue(asker, 0, went);
      let place: Waiting | undefined = first.place;
      let over = false;
      let taken = false;
      const giveBack = (): void => {
        if (place !== undefined && waiting.delete(place)) place.settle(false);
        else inFlight -= 1;
        place = undefined;
      };
      const sayRefused = (until: number): void => {
        giveBack();
        if (inFlight === 0) stretch.refused(wentAt);
        narrow(until);
      };
      return {
        granted: first.granted,
        get crowded() {
          return inFlight > 1;
        },
        get freeAt() {
          return stretch.freeAt();
        },
        usualAt: (from, until) => stretch.usualAt(from, until),
        accepted() {
          if (over || taken) return;
          taken = true;
          passed(wentAt);
        },
        succeeded() {
          if (over) return;
          over = true;
          giveBack();
          if (!taken) passed(wentAt);
          streak += 1;
          if (streak >= rules.growAfter * patience) {
            streak = 0;
            slots = Math.min(rules.maxSlots, slots + 1);
            widened = true;
          }
          serve();
        },
        refused(until) {
          if (over) return Promise.resolve(false);
          sayRefused(until);
          const next = queue(asker, restUntilAt, went);
          place = next.place;
          return next.granted;
        },
        refusedForGood(until) {
          if (over) return;
          over = true;
          sayRefused(until);
          serve();
        },
        leave() {
          if (over) return;
          over = true;
          giveBack();
          serve();
        },
      };
    },
    view: () => ({
      slots: Math.floor(slots),
      inFlight,
      waiting: waiting.size,
      restUntilAt: restUntilAt > now() ? restUntilAt : 0,
    }),
    open() {
      opened = true;
      serve();
    },
    get empty() {
      return inFlight === 0 && waiting.size === 0;
    },
  };
}
