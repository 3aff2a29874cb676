import type { ProviderError } from '../../core/exchange.ts';
import type { Dialect, DialectReader } from '../../core/provider.ts';
import { readErrorEnvelope } from '../error-envelope.ts';
import { asObject, countAt, objectAt, parseJson, textAt, type JsonObject } from '../tolerant-json.ts';
import { openaiErrorBody } from './openai-error-body.ts';
import { emptyCount, takeCount, usageOf, type UsageCount } from './usage-count.ts';
import { speakResponses } from './speak-responses.ts';

/** OpenAI Responses, streaming and not (platform.openai.com/docs/api-reference/responses-streaming, read 2026-09). */
export const openaiResponses: Dialect = {
  id: 'openai-responses',
  createReader: createResponsesReader,
  speak: speakResponses,
  errorBody: openaiErrorBody,
};

/** The few events worth parsing, by the type inside their data. Inside an answer's text the quotes would be escaped. */
const TELLING = /"type"\s*:\s*"(?:response\.(?:created|completed|incomplete|failed)|error)"/;

/** The types that end a stream, well or not. */
const ENDS: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed']);

function createResponsesReader(): DialectReader {
  const count = emptyCount();
  let modelServed: string | undefined;
  let responseId: string | undefined;
  let stopReason: string | undefined;
  let error: ProviderError | undefined;
  let complete = false;

  /** A response object. Its status is the stop reason, or why it is incomplete. */
  function take(response: JsonObject | undefined, ended: boolean, inStream: boolean): void {
    modelServed ??= textAt(response, 'model');
    responseId ??= textAt(response, 'id');
    takeCount(count, readResponsesUsage(objectAt(response, 'usage')));
    error ??= readErrorEnvelope({ error: response?.['error'] }, inStream);
    if (!ended) return;
    complete = true;
    stopReason = textAt(objectAt(response, 'incomplete_details'), 'reason') ?? textAt(response, 'status');
  }

  return {
    event(_name, data) {
      if (!TELLING.test(data)) return;
      const value = asObject(parseJson(data));
      const type = textAt(value, 'type');
      if (type === 'error') error ??= readErrorEnvelope(value, true);
      else if (type === 'response.created' || ENDS.has(type ?? '')) {
        take(objectAt(value, 'response'), type !== 'response.created', true);
      }
    },
    json(text) {
      const value = asObject(parseJson(text));
      if (value === undefined) return;
      take(value, true, false);
      error ??= readErrorEnvelope(value, false);
    },
    reading: () => ({
      usage: usageOf(count, complete),
      modelServed,
      ...(responseId === undefined ? {} : { responseId }),
      stopReason,
      error,
      complete,
    }),
  };
}

/** `input_tokens` includes cached ones and `output_tokens` includes reasoning: as Usage wants it. */
function readResponsesUsage(usage: JsonObject | undefined): UsageCount {
  const input = objectAt(usage, 'input_tokens_details');
  return {
    inputTokens: countAt(usage, 'input_tokens'),
    cacheReadTokens: countAt(input, 'cached_tokens'),
    cacheWriteTokens: countAt(input, 'cache_write_tokens'),
    outputTokens: countAt(usage, 'output_tokens'),
    reasoningTokens: countAt(objectAt(usage, 'output_tokens_details'), 'reasoning_tokens'),
  };
}
