import type { Exchange } from '../../core/exchange.ts';
import type { Aftermath } from '../incidents/incident-watch.ts';
import type { ScopeWatch } from './scope-watch.ts';

/** Observe mode: an exchange that is over is judged, and what touches a rule is flagged. One we refused was judged before. */
export function flagTurn(scope: ScopeWatch, exchange: Exchange, aftermath: Aftermath): void {
  if (exchange.outcome === 'refused') return;
  const turn = aftermath.turn();
  if (turn === undefined) return;
  const { providerId, accountKey, agentId, startedAt } = exchange;
  const request = { providerId, accountKey, agentId, turn, at: startedAt };
  const verdict = scope.judge(request);
  if (verdict !== undefined && verdict.findings.length > 0) scope.flag(request, verdict, exchange.id, 'passed');
}
