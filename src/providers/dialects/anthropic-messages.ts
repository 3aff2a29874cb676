import type { ProviderError } from '../../core/exchange.ts';
import type { Dialect, DialectReader } from '../../core/provider.ts';
import { readErrorEnvelope } from '../error-envelope.ts';
import { asObject, countAt, objectAt, parseJson, textAt, type JsonObject } from '../tolerant-json.ts';
import { emptyCount, takeCount, usageOf, type UsageCount } from './usage-count.ts';
import { speakAnthropic } from './speak-anthropic.ts';

/**
 * Anthropic Messages, streaming and not (docs.anthropic.com/en/api/messages-streaming, read 2026-09).
 * Also spoken by Z.AI, BigModel, Kimi, MiniMax, DeepSeek and others under their own paths.
 */
export const anthropicMessages: Dialect = {
  id: 'anthropic-messages',
  createReader: createAnthropicReader,
  speak: speakAnthropic,
  errorBody(status, message) {
    const error = { type: ERROR_TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error'), message };
    return { contentType: 'application/json', body: JSON.stringify({ type: 'error', error }) };
  },
};

const ERROR_TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** Events that hold text and no figures: by far the most, so they are never parsed. */
const CONTENT_EVENTS: ReadonlySet<string> = new Set([
  'content_block_delta',
  'content_block_start',
  'content_block_stop',
  'ping',
]);

/** Inside a JSON string these would have their quotes escaped, so an answer's own text does not match. */
const TELLING = /"(?:message_start|message_delta|message_stop|usage|error)"/;

function createAnthropicReader(): DialectReader {
  const count = emptyCount();
  let closingCount = false;
  let modelServed: string | undefined;
  let responseId: string | undefined;
  let stopReason: string | undefined;
  let error: ProviderError | undefined;
  let complete = false;

  function takeMessage(message: JsonObject | undefined): void {
    modelServed ??= textAt(message, 'model');
    responseId ??= textAt(message, 'id');
    stopReason = textAt(message, 'stop_reason') ?? stopReason;
    takeCount(count, readAnthropicUsage(objectAt(message, 'usage')));
  }

  return {
    event(name, data) {
      if (name !== undefined && CONTENT_EVENTS.has(name)) return;
      if (!TELLING.test(data)) return;
      const value = parseJson(data);
      switch (textAt(value, 'type') ?? name) {
        case 'message_start':
          takeMessage(objectAt(value, 'message'));
          return;
        case 'message_delta': {
          const usage = readAnthropicUsage(objectAt(value, 'usage'));
          if (usage.outputTokens !== undefined) closingCount = true;
          takeCount(count, usage);
          stopReason = textAt(objectAt(value, 'delta'), 'stop_reason') ?? stopReason;
          return;
        }
        case 'message_stop':
          complete = true;
          return;
        default:
          error ??= readErrorEnvelope(value, true);
      }
    },
    json(text) {
      const value = asObject(parseJson(text));
      if (value === undefined) return;
      complete = true;
      error = readErrorEnvelope(value, false) ?? error;
      takeMessage(value);
      closingCount = true;
    },
    reading: () => ({
      usage: usageOf(withCache(count), closingCount && (complete || stopReason !== undefined)),
      modelServed,
      ...(responseId === undefined ? {} : { responseId }),
      stopReason,
      error,
      complete,
    }),
  };
}

/** The figures as Anthropic tells them: here `inputTokens` is still without the cached ones. */
function readAnthropicUsage(usage: JsonObject | undefined): UsageCount {
  return {
    inputTokens: countAt(usage, 'input_tokens'),
    cacheReadTokens: countAt(usage, 'cache_read_input_tokens'),
    cacheWriteTokens: countAt(usage, 'cache_creation_input_tokens') ?? splitCacheWrite(usage),
    outputTokens: countAt(usage, 'output_tokens'),
    reasoningTokens: countAt(objectAt(usage, 'output_tokens_details'), 'reasoning_tokens'),
  };
}

/** Input with what was read from and written to the cache; undefined only where none of the three is told. */
function withCache(count: UsageCount): UsageCount {
  const parts = [count.inputTokens, count.cacheReadTokens, count.cacheWriteTokens];
  if (parts.every((part) => part === undefined)) return count;
  return { ...count, inputTokens: parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) };
}

function splitCacheWrite(usage: JsonObject | undefined): number | undefined {
  const parts = objectAt(usage, 'cache_creation');
  const short = countAt(parts, 'ephemeral_5m_input_tokens');
  const long = countAt(parts, 'ephemeral_1h_input_tokens');
  return short === undefined && long === undefined ? undefined : (short ?? 0) + (long ?? 0);
}
