import type { Exchange } from '../../core/exchange.ts';
import type { Aftermath } from '../incidents/incident-watch.ts';
import type { ScopeWatch } from './scope-watch.ts';
import type { TurnLog } from './turn-log.ts';

/**
 * An exchange that is over is judged, what touches a rule is flagged (one we refused was flagged before), and the turn is
 * written into its session's transcript.
 */
export function flagTurn(scope: ScopeWatch, log: TurnLog, exchange: Exchange, aftermath: Aftermath): void {
  if (exchange.operation !== 'chat') return;
  const turn = aftermath.turn();
  if (turn === undefined) return log.add(exchange, undefined);
  const { providerId, accountKey, agentId, startedAt } = exchange;
  const request = { providerId, accountKey, agentId, turn, at: startedAt };
  const verdict = scope.judge(request);
  if (exchange.outcome !== 'refused' && verdict !== undefined && verdict.findings.length > 0) {
    scope.flag(request, verdict, exchange.id, 'passed');
  }
  log.add(exchange, { turn, verdict, turnKey: scope.turnKey(request) });
}
