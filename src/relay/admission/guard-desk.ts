import type { Guard } from '../../core/guard.ts';
import type { AccountView, GuardStanding, Notice } from '../../core/snapshot.ts';
import { createGuardHolds, type GuardHold } from './guard-holds.ts';
import { guardNotice } from './guard-words.ts';
import { guardDecision, softBudgetsReached, type GuardDecision } from './guards.ts';

export interface GuardDeskDeps {
  readonly now: () => number;
  readonly after: (ms: number, work: () => void) => () => void;
  readonly guardOf: (providerId: string) => Guard | undefined;
  readonly providerName: (providerId: string) => string;
  /** Windows and peak hours as they are known now. */
  readonly accountOf: (providerId: string, accountKey: string) => Pick<AccountView, 'windows' | 'peak'> | undefined;
  readonly maxWaitMs: () => number;
  readonly onNotice: (notice: Notice) => void;
  readonly onChange: () => void;
}

export interface GuardedRequest {
  readonly providerId: string;
  readonly accountKey: string;
  readonly agentId: string;
  readonly model: string;
}

export type GuardedAccount = Pick<AccountView, 'providerId' | 'accountKey' | 'windows' | 'peak'>;

/** The user's own limits, before the provider's. */
export interface GuardDesk {
  readonly guards: (providerId: string) => boolean;
  hold(request: GuardedRequest): GuardHold;
  /** Looks whether a budget of this account is used up now, and says so once per cycle of its window. */
  heed(providerId: string, accountKey: string): void;
  /** The user lets requests of an account go on until the guard that stands before them ends. False where none does. */
  lift(providerId: string, accountKey: string): boolean;
  /** Guards that are reached now, of the accounts given. */
  standing(accounts: readonly GuardedAccount[]): readonly GuardStanding[];
  refresh(): void;
  held(): ReadonlyMap<string, number>;
}

const DAY_MS = 86_400_000;
/** A lift of a guard of which nobody knows when it ends. */
const LIFT_MS = 60 * 60_000;

export function createGuardDesk(deps: GuardDeskDeps): GuardDesk {
  const holds = createGuardHolds(deps);
  /** What was said, until the cycle it was said in ends. */
  const said = new Map<string, number>();
  /** Accounts whose guard the user lifted, until it ends. */
  const lifted = new Map<string, number>();
  const keyOf = (providerId: string, accountKey: string) => `${providerId} ${accountKey}`;

  function decide({ providerId, accountKey, model }: GuardedRequest): GuardDecision {
    const guard = deps.guardOf(providerId);
    const account = deps.accountOf(providerId, accountKey);
    if (guard === undefined || account === undefined) return { kind: 'go' };
    if ((lifted.get(keyOf(providerId, accountKey)) ?? 0) > deps.now()) return { kind: 'go' };
    return guardDecision({ guard, windows: account.windows, peak: account.peak, model, now: deps.now() });
  }

  function sayOnce(
    kind: 'soft' | 'hard',
    of: Parameters<typeof guardNotice>[1],
    providerId: string,
    key: string,
  ): void {
    const now = deps.now();
    const place = `${kind} ${providerId} ${key} ${of.window.id}`;
    if ((said.get(place) ?? 0) > now) return;
    said.set(place, of.window.resetsAt ?? now + DAY_MS);
    deps.onNotice(guardNotice(kind, of, { id: providerId, name: deps.providerName(providerId) }, now));
  }

  return {
    guards: (providerId) => deps.guardOf(providerId) !== undefined,
    hold(request) {
      const first = decide(request);
      if (first.kind === 'stop' && first.stop === 'budget') {
        sayOnce('hard', first, request.providerId, request.accountKey);
      }
      const who = { agentId: request.agentId, account: keyOf(request.providerId, request.accountKey) };
      return holds.hold(who, () => decide(request), deps.maxWaitMs());
    },
    heed(providerId, accountKey) {
      const guard = deps.guardOf(providerId);
      if (guard?.budgets?.some(({ soft }) => soft !== undefined) !== true) return;
      const windows = deps.accountOf(providerId, accountKey)?.windows ?? [];
      for (const reached of softBudgetsReached({ guard, windows, now: deps.now() })) {
        sayOnce('soft', reached, providerId, accountKey);
      }
    },
    lift(providerId, accountKey) {
      const guard = deps.guardOf(providerId);
      const account = deps.accountOf(providerId, accountKey);
      if (guard === undefined || account === undefined) return false;
      const now = deps.now();
      const decision = guardDecision({ guard, ...account, now });
      if (decision.kind === 'go') return false;
      lifted.set(keyOf(providerId, accountKey), decision.untilAt ?? now + LIFT_MS);
      holds.refresh();
      deps.onChange();
      return true;
    },
    standing(accounts) {
      const now = deps.now();
      return accounts.flatMap(({ providerId, accountKey, windows, peak }): GuardStanding[] => {
        const guard = deps.guardOf(providerId);
        if (guard === undefined) return [];
        const decision = guardDecision({ guard, windows, peak, now });
        if (decision.kind === 'go') return [];
        const key = keyOf(providerId, accountKey);
        return [
          {
            providerId,
            accountKey,
            stop: decision.stop,
            windowId: decision.stop === 'budget' ? decision.window.id : undefined,
            untilAt: decision.untilAt,
            held: holds.heldOf(key),
            lifted: (lifted.get(key) ?? 0) > now,
          },
        ];
      });
    },
    refresh: () => holds.refresh(),
    held: () => holds.held(),
  };
}
