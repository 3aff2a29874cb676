import type { Exchange } from '../../core/exchange.ts';
import type { PolicyPack } from '../../core/policy-pack.ts';
import type { Verdict } from '../../core/verdict.ts';
import { wayFindings } from '../../scope/way-findings.ts';
import type { Aftermath } from '../incidents/aftermath.ts';
import type { JudgedRequest, ScopeWatch } from './scope-watch.ts';
import type { TurnLog } from './turn-log.ts';
import type { WayWatch } from './way-watch.ts';

export interface FlagTurnDeps {
  readonly scope: ScopeWatch;
  readonly ways: WayWatch;
  readonly packOf: (providerId: string) => PolicyPack | undefined;
}

/**
 * An exchange that is over is judged, what touches a rule is flagged (one we refused was flagged before), and the turn is
 * written into its session's transcript. How a request came can touch rules of its own: those are only ever flagged.
 */
export function flagTurn(deps: FlagTurnDeps, log: TurnLog, exchange: Exchange, aftermath: Aftermath): void {
  const { scope } = deps;
  if (exchange.operation !== 'chat') return;
  const turn = aftermath.turn();
  if (turn === undefined) return log.add(exchange, undefined);
  const { providerId, accountKey, agentId, startedAt } = exchange;
  const request = { providerId, accountKey, agentId, turn, at: startedAt };
  const verdict = scope.judge(request);
  if (exchange.outcome !== 'refused' && verdict !== undefined) {
    const all = withWay(deps, verdict, request, exchange, aftermath);
    if (all.findings.length > 0) scope.flag(request, all, exchange.id, 'passed');
  }
  log.add(exchange, { turn, verdict, turnKey: scope.turnKey(request) });
}

/** The verdict with what the way of the request touches; each rule once. */
function withWay(
  { ways, packOf }: FlagTurnDeps,
  verdict: Verdict,
  request: JudgedRequest,
  { sessionKey }: Exchange,
  { way, login }: Aftermath,
): Verdict {
  const pack = packOf(request.providerId);
  if (way === undefined || pack === undefined) return verdict;
  const seen = ways.see({ ...request, sessionKey, way: way(), login: login?.() === true });
  const { at: now, providerId } = request;
  const found = wayFindings(pack, { now, providerId }, seen);
  if (found.length === 0) return verdict;
  const named = new Set(found.map(({ ruleId }) => ruleId));
  return { ...verdict, findings: [...verdict.findings.filter(({ ruleId }) => !named.has(ruleId)), ...found] };
}
