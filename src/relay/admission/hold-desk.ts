import type { HeldBy } from '../../core/flag.ts';
import type { HoldAnswer, HoldDefault, HoldView } from '../../core/scope-mode.ts';

/**
 * How a hold ended. `left`: the agent went away, nothing was decided. `asked-before`: this turn was decided already, so it is
 * not held again and goes on.
 */
export type HoldEnd =
  | { readonly kind: HoldAnswer; readonly by: HeldBy }
  | { readonly kind: 'left' }
  | { readonly kind: 'asked-before' };

export interface HoldDeskDeps {
  readonly now: () => number;
  readonly after: (ms: number, work: () => void) => () => void;
  readonly newId: (at: number) => string;
  readonly holdMs: () => number;
  readonly byDefault: () => HoldDefault;
  /** Windows that can put a question to the user now. */
  readonly asking: () => number;
  readonly onChange: () => void;
}

/** What the user is asked about. */
export type HeldTurn = Omit<HoldView, 'id' | 'since' | 'untilAt' | 'byDefault'>;

/** Turns that wait for the user's word. */
export interface HoldDesk {
  /**
   * `turnKey` names the turn however often it is sent: a repetition while it is held waits for the same word. `patienceMs` is
   * what its agent waits at most; a hold is never longer.
   */
  hold(turnKey: string, turn: HeldTurn, patienceMs?: number): { readonly over: Promise<HoldEnd>; leave(): void };
  /** False where there is no such hold (any more). */
  answer(id: string, answer: HoldAnswer): boolean;
  /** Windows came or went, or the settings changed. */
  refresh(): void;
  /** Oldest first. */
  list(): readonly HoldView[];
  /** Requests that wait, by agent. */
  held(): ReadonlyMap<string, number>;
}

/** A window that reloads is back after this. */
const RELOAD_MS = 5000;
const DECIDED_KEPT = 2000;

interface Place {
  view: HoldView;
  readonly waiting: Set<(end: HoldEnd) => void>;
  cancel: () => void;
  /** Nobody is there to ask since a moment ago. */
  alone: (() => void) | undefined;
}

/**
 * Puts turns to the user. What ends a hold, first match: the user's word; the last agent waiting for it goes away; nobody is
 * there to ask (at once, or a reload's time after the last window went), or the time is over, and then the default applies.
 * A turn whose agent went away unanswered gets the default when it comes again.
 */
export function createHoldDesk(deps: HoldDeskDeps): HoldDesk {
  const places = new Map<string, Place>();
  const decided = new Map<string, 'decided' | 'left'>();

  function remember(turnKey: string, how: 'decided' | 'left'): void {
    decided.delete(turnKey);
    decided.set(turnKey, how);
    for (const oldest of decided.keys()) {
      if (decided.size <= DECIDED_KEPT) return;
      decided.delete(oldest);
    }
  }

  function settle(turnKey: string, end: HoldEnd): void {
    const place = places.get(turnKey);
    if (place === undefined) return;
    places.delete(turnKey);
    place.cancel();
    place.alone?.();
    remember(turnKey, end.kind === 'left' ? 'left' : 'decided');
    for (const resolve of place.waiting) resolve(end);
    place.waiting.clear();
    deps.onChange();
  }

  function open(turnKey: string, turn: HeldTurn, patienceMs: number): Place {
    const since = deps.now();
    const ms = Math.min(deps.holdMs(), patienceMs);
    const place: Place = {
      view: { ...turn, id: deps.newId(since), since, untilAt: since + ms, byDefault: deps.byDefault() },
      waiting: new Set(),
      // What was promised when it began holds, whatever the settings say by then.
      cancel: deps.after(ms, () => settle(turnKey, { kind: place.view.byDefault, by: 'time' })),
      alone: undefined,
    };
    places.set(turnKey, place);
    deps.onChange();
    return place;
  }

  return {
    hold(turnKey, turn, patienceMs = Infinity) {
      const before = decided.get(turnKey);
      if (before === 'decided') return { over: Promise.resolve({ kind: 'asked-before' }), leave() {} };
      if (!places.has(turnKey) && (before === 'left' || deps.asking() === 0)) {
        remember(turnKey, 'decided');
        const by: HeldBy = before === 'left' ? 'time' : 'nobody';
        return { over: Promise.resolve({ kind: deps.byDefault(), by }), leave() {} };
      }
      const place = places.get(turnKey) ?? open(turnKey, turn, patienceMs);
      const { promise, resolve } = Promise.withResolvers<HoldEnd>();
      place.waiting.add(resolve);
      return {
        over: promise,
        leave() {
          if (!place.waiting.delete(resolve)) return;
          resolve({ kind: 'left' });
          if (place.waiting.size === 0) settle(turnKey, { kind: 'left' });
        },
      };
    },
    answer(id, answer) {
      for (const [turnKey, { view }] of places) {
        if (view.id !== id) continue;
        settle(turnKey, { kind: answer, by: 'user' });
        return true;
      }
      return false;
    },
    refresh() {
      const nobody = deps.asking() === 0;
      for (const [turnKey, place] of places) {
        if (!nobody) {
          place.alone?.();
          place.alone = undefined;
        } else {
          place.alone ??= deps.after(RELOAD_MS, () => settle(turnKey, { kind: place.view.byDefault, by: 'nobody' }));
        }
      }
    },
    list: () => [...places.values()].map(({ view }) => view),
    held() {
      const counts = new Map<string, number>();
      for (const { view, waiting } of places.values()) {
        counts.set(view.agentId, (counts.get(view.agentId) ?? 0) + waiting.size);
      }
      return counts;
    },
  };
}
