import { scopeTurn } from '../../agents/turn-kind.ts';
import type { FlagActed, HeldBy } from '../../core/flag.ts';
import { modeOf, type ScopeMode, type ScopeModes } from '../../core/scope-mode.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { OwnAnswer } from '../own-answer.ts';
import { refuse } from '../refuse.ts';
import type { JudgedRequest, ScopeWatch } from '../scope/scope-watch.ts';
import type { Arrived } from './arrived.ts';
import type { HoldDesk } from './hold-desk.ts';
import { blockedText, heldStopText } from './scope-words.ts';

export interface ScopeDeskDeps {
  readonly modes: () => ScopeModes;
  /** Plan of an account; undefined where it is not known. */
  readonly planOf: (providerId: string, accountKey: string) => string | undefined;
  readonly scope: ScopeWatch;
  readonly holds: HoldDesk;
}

/** Warn, hold and block modes in the way of a request. */
export interface ScopeDesk {
  /** Whether any mode beyond observe is set that may apply to this provider. */
  acts(providerId: string): boolean;
  /** `over` gives our answer where the request does not go on, at once but in hold mode (`patienceMs` at most); never rejects. */
  admit(
    request: Arrived,
    providerName: string,
    patienceMs: number,
  ): { readonly over: Promise<OwnAnswer | undefined>; leave(): void };
}

/**
 * What becomes of a turn. Whatever touches a rule is flagged; only what the wording itself carries is held or stopped: never
 * on tools and client alone, never a side request, never a turn that was held or stopped before, and nothing the judge is
 * unsure of.
 */
export function createScopeDesk({ modes, planOf, scope, holds }: ScopeDeskDeps): ScopeDesk {
  function modeFor({ providerId, accountKey }: Arrived): ScopeMode {
    const all = modes();
    const byPlan = Object.keys(all).some((key) => key.startsWith(`${providerId}/`));
    const planId = byPlan && accountKey !== undefined ? planOf(providerId, accountKey) : undefined;
    return modeOf(all, providerId, planId);
  }

  function hold(request: Arrived, asked: JudgedRequest, verdict: Verdict, providerName: string, patienceMs: number) {
    const finding = verdict.findings.find(({ ruleId }) => ruleId === verdict.ruleId);
    const turn = {
      agentId: request.agentId,
      providerId: request.providerId,
      packId: verdict.packId,
      packVersion: verdict.packVersion,
      ruleId: verdict.ruleId ?? '',
      severity: finding?.severity ?? 'warning',
      category: verdict.category,
      pOffScope: verdict.pOffScope,
      evidence: verdict.evidence.slice(0, 5),
    };
    const held = holds.hold(scope.turnKey(asked), turn, patienceMs);
    const flag = (acted: FlagActed, by: HeldBy) => scope.flag(asked, verdict, request.id, acted, by);
    const over = held.over.then((end): OwnAnswer | undefined => {
      if (end.kind === 'left' || end.kind === 'asked-before') return undefined;
      if (end.kind === 'coding') scope.teach(asked);
      else flag(end.kind === 'send' ? 'sent' : 'stopped', end.by);
      if (end.kind !== 'stop') return undefined;
      return refuse(request, 'held', heldStopText(providerName, verdict, end.by));
    });
    return { over, leave: held.leave };
  }

  return {
    acts: (providerId) =>
      Object.entries(modes()).some(
        ([key, mode]) => mode !== 'observe' && (key === providerId || key.startsWith(`${providerId}/`)),
      ),
    admit(request, providerName, patienceMs) {
      const go = { over: Promise.resolve(undefined), leave() {} };
      const { turn } = request;
      const mode = turn === undefined ? 'observe' : modeFor(request);
      if (turn === undefined || mode === 'observe' || scopeTurn(turn) === 'side') return go;
      const asked: JudgedRequest = { ...request, turn };
      const verdict = scope.judge(asked);
      if (verdict === undefined || verdict.findings.length === 0) return go;
      const plain = verdict.decision === 'out-of-scope' && verdict.reason === 'sum';
      if (mode === 'warn') scope.flag(asked, verdict, request.id, 'warned');
      if (mode === 'warn' || !plain) return go;
      if (mode === 'hold') return hold(request, asked, verdict, providerName, patienceMs);
      if (scope.wasBlocked(asked)) return go;
      scope.flag(asked, verdict, request.id, 'blocked');
      return { ...go, over: Promise.resolve(refuse(request, 'out-of-scope', blockedText(providerName, verdict))) };
    },
  };
}
