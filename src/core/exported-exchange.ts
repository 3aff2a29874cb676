import type { Exchange } from './exchange.ts';

/**
 * One exchange as it leaves Planward: sizes, times, models and figures. No path, no credential, no prompt, no answer and
 * none of a provider's sentences, which may quote them.
 */
export type ExportedExchange = Pick<
  Exchange,
  | 'id'
  | 'startedAt'
  | 'providerId'
  | 'agentId'
  | 'accountKey'
  | 'operation'
  | 'dialect'
  | 'modelRequested'
  | 'modelServed'
  | 'streamed'
  | 'outcome'
  | 'status'
  | 'firstByteMs'
  | 'durationMs'
  | 'requestBytes'
  | 'responseBytes'
  | 'usage'
  | 'stopReason'
  | 'policyCode'
  | 'kind'
  | 'sessionKey'
  | 'workspaceKey'
  | 'seenBy'
> & {
  /** The provider's code and type word; undefined where there was no error or it named none. */
  readonly errorCode: string | undefined;
  readonly errorType: string | undefined;
};

/** A page of them, oldest first. */
export interface ExchangePage {
  readonly exchanges: readonly ExportedExchange[];
  /** Start and id of the last one: the next page begins after it. Undefined where this is the last page. */
  readonly next: { readonly afterAt: number; readonly afterId: string } | undefined;
}

/** Takes from an exchange what may leave. */
export function exportedExchange(exchange: Exchange): ExportedExchange {
  const { error, limits: _limits, requestReading: _reading, requestId: _requestId, ...rest } = exchange;
  const { agentProduct: _product, responseId: _responseId, turnId: _turnId, ...kept } = rest;
  return { ...kept, errorCode: error?.code, errorType: error?.type };
}
