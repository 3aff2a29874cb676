import type { ProviderError } from '../../core/exchange.ts';
import type { Dialect, DialectReader } from '../../core/provider.ts';
import { readErrorEnvelope } from '../error-envelope.ts';
import { asObject, countAt, listAt, objectAt, parseJson, textAt, type JsonObject } from '../tolerant-json.ts';
import { openaiErrorBody } from './openai-error-body.ts';
import { emptyCount, takeCount, usageOf, type UsageCount } from './usage-count.ts';
import { speakOpenaiChat } from './speak-openai-chat.ts';

/**
 * OpenAI Chat Completions, streaming and not (platform.openai.com/docs/api-reference/chat, read 2026-09), with what its
 * many speakers add: DeepSeek's `prompt_cache_hit_tokens`, Moonshot's `cached_tokens` and its usage inside the last choice.
 */
export const openaiChat: Dialect = {
  id: 'openai-chat',
  createReader: createOpenaiChatReader,
  speak: speakOpenaiChat,
  errorBody: openaiErrorBody,
};

/**
 * The few chunks worth parsing: usage that is an object (not `null`, which most send on every chunk), a finish reason, an
 * error. Inside an answer's text the quotes would be escaped, so text does not match.
 */
const TELLING = /"(?:usage"\s*:\s*\{|finish_reason"\s*:\s*"|error"\s*:\s*[{"])/;

function createOpenaiChatReader(): DialectReader {
  const count = emptyCount();
  let modelServed: string | undefined;
  let stopReason: string | undefined;
  let error: ProviderError | undefined;
  let complete = false;

  function take(value: JsonObject): void {
    modelServed ??= textAt(value, 'model');
    for (const choice of listAt(value, 'choices')) {
      stopReason = textAt(choice, 'finish_reason') ?? stopReason;
      takeCount(count, readOpenaiUsage(objectAt(choice, 'usage')));
    }
    takeCount(count, readOpenaiUsage(objectAt(value, 'usage')));
  }

  return {
    event(_name, data) {
      if (data === '[DONE]' || data.trim() === '[DONE]') {
        complete = true;
        return;
      }
      const wantsModel = modelServed === undefined && data.includes('"model"');
      if (!wantsModel && !TELLING.test(data)) return;
      const value = asObject(parseJson(data));
      if (value === undefined) return;
      take(value);
      error ??= readErrorEnvelope(value, true);
    },
    json(text) {
      const value = asObject(parseJson(text));
      if (value === undefined) return;
      complete = true;
      take(value);
      error = readErrorEnvelope(value, false) ?? error;
    },
    reading: () => ({
      usage: usageOf(count, complete || stopReason !== undefined),
      modelServed,
      stopReason,
      error,
      complete,
    }),
  };
}

/** OpenAI's `prompt_tokens` includes cached ones and `completion_tokens` includes reasoning: as Usage wants it. */
function readOpenaiUsage(usage: JsonObject | undefined): UsageCount {
  const input = objectAt(usage, 'prompt_tokens_details');
  const output = objectAt(usage, 'completion_tokens_details');
  return {
    inputTokens: countAt(usage, 'prompt_tokens'),
    cacheReadTokens:
      countAt(input, 'cached_tokens') ?? countAt(usage, 'cached_tokens') ?? countAt(usage, 'prompt_cache_hit_tokens'),
    cacheWriteTokens: countAt(input, 'cache_write_tokens') ?? countAt(input, 'cache_creation_tokens'),
    outputTokens: countAt(usage, 'completion_tokens'),
    reasoningTokens: countAt(output, 'reasoning_tokens'),
  };
}
