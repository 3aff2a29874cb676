import type { ExportedExchange } from '../../core/exported-exchange.ts';
import { csv } from '../report/report-csv.ts';
import type { ExportAbout } from './export-about.ts';
import { writeHar } from './exchanges-har.ts';

export type ExchangeFormat = 'json' | 'csv' | 'har';

/** Exchanges as a file for programs. None of the formats has a path, a credential or a word of a conversation in it. */
export function writeExchanges(
  format: ExchangeFormat,
  exchanges: readonly ExportedExchange[],
  about: ExportAbout,
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ schema: 'planward.exchanges.v1', ...about, exchanges }, undefined, 2)}\n`;
    case 'har':
      return `${JSON.stringify(writeHar(exchanges, about), undefined, 2)}\n`;
    case 'csv':
      return csv([Object.keys(COLUMNS), ...exchanges.map((each) => Object.values(COLUMNS).map((of) => of(each)))]);
    default:
      format satisfies never;
      return '';
  }
}

const COLUMNS: Readonly<Record<string, (exchange: ExportedExchange) => string | number | undefined>> = {
  id: (each) => each.id,
  started_utc: (each) => new Date(each.startedAt).toISOString(),
  provider: (each) => each.providerId,
  account: (each) => each.accountKey,
  agent: (each) => each.agentId,
  kind: (each) => each.kind,
  operation: (each) => each.operation,
  model_requested: (each) => each.modelRequested,
  model_served: (each) => each.modelServed,
  outcome: (each) => each.outcome,
  status: (each) => each.status,
  error_code: (each) => each.errorCode,
  error_type: (each) => each.errorType,
  first_byte_ms: (each) => each.firstByteMs,
  duration_ms: (each) => each.durationMs,
  request_bytes: (each) => each.requestBytes,
  response_bytes: (each) => each.responseBytes,
  input_tokens: (each) => each.usage?.inputTokens,
  cache_read_tokens: (each) => each.usage?.cacheReadTokens,
  cache_write_tokens: (each) => each.usage?.cacheWriteTokens,
  output_tokens: (each) => each.usage?.outputTokens,
  reasoning_tokens: (each) => each.usage?.reasoningTokens,
  exactness: (each) => each.usage?.exactness,
  stop_reason: (each) => each.stopReason,
  session: (each) => each.sessionKey,
  workspace: (each) => each.workspaceKey,
  seen_by: (each) => each.seenBy ?? 'relay',
};
