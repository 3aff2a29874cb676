import type { Attributes } from '@opentelemetry/api';
import type { ExportedExchange } from '../core/exported-exchange.ts';

/**
 * Names of OpenTelemetry's semantic conventions for generative AI (in development when read, 2026-09). What they have no
 * name for stands under `planward.`. Absent figures are left out. No path, no credential, no text.
 */
export function spanAttributes(exchange: ExportedExchange): Attributes {
  const { usage } = exchange;
  return known({
    ...metricAttributes(exchange),
    'gen_ai.agent.id': exchange.agentId === 'unknown' ? undefined : exchange.agentId,
    'gen_ai.conversation.id': exchange.sessionKey,
    'gen_ai.response.finish_reasons': exchange.stopReason === undefined ? undefined : [exchange.stopReason],
    'gen_ai.usage.input_tokens': usage?.inputTokens,
    'gen_ai.usage.output_tokens': usage?.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': usage?.cacheReadTokens,
    'gen_ai.usage.cache_creation.input_tokens': usage?.cacheWriteTokens,
    'http.response.status_code': exchange.status,
    'planward.exchange.id': exchange.id,
    'planward.account.key': exchange.accountKey,
    'planward.workspace.key': exchange.workspaceKey,
    'planward.kind': exchange.kind,
    'planward.outcome': exchange.outcome,
    'planward.error.code': exchange.errorCode,
    'planward.first_byte_ms': exchange.firstByteMs,
    'planward.usage.exactness': usage?.exactness,
    'planward.seen_by': exchange.seenBy,
  });
}

/** Few enough values for a metric. */
export function metricAttributes(exchange: ExportedExchange): Attributes {
  return known({
    'gen_ai.operation.name': operationName(exchange),
    'gen_ai.provider.name': exchange.providerId,
    'gen_ai.request.model': exchange.modelRequested,
    'gen_ai.response.model': exchange.modelServed,
    'error.type': failureOf(exchange),
  });
}

/** `chat glm-5.3` */
export function spanName(exchange: ExportedExchange): string {
  const model = exchange.modelRequested ?? exchange.modelServed;
  return model === undefined ? operationName(exchange) : `${operationName(exchange)} ${model}`;
}

/** The provider's code, else its type word, else the status or how it ended; undefined where all went well. */
export function failureOf(exchange: ExportedExchange): string | undefined {
  const { errorCode, errorType, status, outcome } = exchange;
  if (errorCode !== undefined || errorType !== undefined) return errorCode ?? errorType;
  if (status !== undefined && status >= 400) return String(status);
  return outcome === 'completed' || outcome === 'absorbed' ? undefined : outcome;
}

function operationName({ operation }: ExportedExchange): string {
  return operation.replaceAll('-', '_');
}

function known(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
