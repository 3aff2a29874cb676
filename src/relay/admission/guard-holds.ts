import type { GuardDecision } from './guards.ts';

export interface GuardHold {
  /** `go` when it may, `left` where the agent went away, else why it may not within the longest wait. */
  readonly over: Promise<GuardDecision | 'left'>;
  leave(): void;
}

/** Requests held by the user's own limits, until those end or are taken away. */
export interface GuardHolds {
  /**
   * `decide` is asked at once, when its stop ends, and whenever something changed. A stop that lasts longer than `maxMs` is
   * told at once. `account` is what it is counted under.
   */
  hold(who: GuardHeld, decide: () => GuardDecision, maxMs: number): GuardHold;
  /** Settings or readings changed: asks anew for everyone. */
  refresh(): void;
  /** Held requests by agent. */
  held(): ReadonlyMap<string, number>;
  heldOf(account: string): number;
}

export interface GuardHeld {
  readonly agentId: string;
  readonly account: string;
}

export interface GuardHoldsDeps {
  readonly now: () => number;
  readonly after: (ms: number, work: () => void) => () => void;
  readonly onChange: () => void;
}

/** Clocks and readings are not exact: a stop is looked at a little after its end. */
const AFTER_END_MS = 50;

export function createGuardHolds(deps: GuardHoldsDeps): GuardHolds {
  const waiting = new Set<GuardHeld & { readonly look: () => void }>();
  return {
    hold({ agentId, account }, decide, maxMs) {
      const giveUpAt = deps.now() + maxMs;
      const { promise, resolve } = Promise.withResolvers<GuardDecision | 'left'>();
      let cancel = (): void => {};
      const place = { agentId, account, look };
      function settle(how: GuardDecision | 'left'): void {
        cancel();
        resolve(how);
        if (waiting.delete(place)) deps.onChange();
      }
      function look(): void {
        cancel();
        const decision = decide();
        const untilAt = decision.kind === 'stop' ? decision.untilAt : undefined;
        if (decision.kind === 'go' || untilAt === undefined || untilAt + AFTER_END_MS > giveUpAt)
          return settle(decision);
        if (!waiting.has(place)) {
          waiting.add(place);
          deps.onChange();
        }
        cancel = deps.after(Math.max(AFTER_END_MS, untilAt + AFTER_END_MS - deps.now()), look);
      }
      look();
      return { over: promise, leave: () => settle('left') };
    },
    refresh() {
      for (const place of waiting) place.look();
    },
    held() {
      const counts = new Map<string, number>();
      for (const { agentId } of waiting) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
      return counts;
    },
    heldOf: (account) => [...waiting].filter((each) => each.account === account).length,
  };
}
