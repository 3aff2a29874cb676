import type { Exchange } from './exchange.ts';
import { minuteOf, type Burn } from './usage.ts';

/**
 * What one exchange adds to its minute. Never throws.
 *
 * `requests` is 1 where the exchange drew on the account's allowance, else 0, and then all tokens are 0 too. First match:
 *
 * | exchange | requests |
 * | --- | --- |
 * | usage is known | 1 |
 * | refused by Planward | 0 |
 * | not a chat (token counts, model lists, probes) | 0 |
 * | an error, before or inside the stream | 0 |
 * | no status (the upstream never answered) | 0 |
 * | else: answered, figures missing | 1 |
 *
 * `accountKey` is '' where the request carried no credential.
 */
export function burnOf(exchange: Exchange): Burn {
  const { usage } = exchange;
  return {
    minuteAt: minuteOf(exchange.startedAt),
    providerId: exchange.providerId,
    accountKey: exchange.accountKey ?? '',
    model: exchange.modelServed ?? exchange.modelRequested ?? 'unknown',
    agentId: exchange.agentId,
    ...(exchange.kind === undefined ? {} : { kind: exchange.kind }),
    ...(exchange.sessionKey === undefined ? {} : { sessionKey: exchange.sessionKey }),
    ...(exchange.workspaceKey === undefined ? {} : { workspaceKey: exchange.workspaceKey }),
    requests: drewOnAllowance(exchange) ? 1 : 0,
    inputTokens: usage?.inputTokens ?? 0,
    cacheReadTokens: usage?.cacheReadTokens ?? 0,
    cacheWriteTokens: usage?.cacheWriteTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
  };
}

function drewOnAllowance(exchange: Exchange): boolean {
  if (exchange.usage !== undefined) return true;
  if (exchange.outcome === 'refused' || exchange.operation !== 'chat') return false;
  if (exchange.error !== undefined || exchange.status === undefined) return false;
  return exchange.status < 400;
}
