import type { ProviderError } from '../../core/exchange.ts';
import type { Dialect, DialectReader } from '../../core/provider.ts';
import { readErrorEnvelope } from '../error-envelope.ts';
import { asObject, countAt, listAt, objectAt, parseJson, textAt, type JsonObject } from '../tolerant-json.ts';
import { emptyCount, takeCount, usageOf, type UsageCount } from './usage-count.ts';
import { speakGemini } from './speak-gemini.ts';

/**
 * Gemini generateContent and streamGenerateContent, as server-sent events (`alt=sse`) and as one JSON object or array
 * (ai.google.dev/api/generate-content, read 2026-09). Code Assist wraps each chunk in `response`. A stream has no end mark but
 * the chunk with a finish reason.
 */
export const gemini: Dialect = {
  id: 'gemini',
  createReader: createGeminiReader,
  speak: speakGemini,
  errorBody(status, message) {
    const error = {
      code: status,
      message,
      status: STATUS_WORDS[status] ?? (status < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL'),
    };
    return { contentType: 'application/json', body: JSON.stringify({ error }) };
  },
};

const STATUS_WORDS: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

const TELLING = /"(?:finishReason|blockReason|error)"\s*:/;

function createGeminiReader(): DialectReader {
  const count = emptyCount();
  let modelServed: string | undefined;
  let stopReason: string | undefined;
  let error: ProviderError | undefined;
  let complete = false;
  // Each chunk repeats the running usage. Only the last one is worth parsing, and which that is shows when it is over.
  let lastUsage: string | undefined;

  function take(value: JsonObject, inStream: boolean): void {
    const chunk = objectAt(value, 'response') ?? value;
    modelServed ??= textAt(chunk, 'modelVersion');
    takeCount(count, readGeminiUsage(objectAt(chunk, 'usageMetadata')));
    stopReason = textAt(objectAt(chunk, 'promptFeedback'), 'blockReason') ?? stopReason;
    for (const candidate of listAt(chunk, 'candidates')) stopReason = textAt(candidate, 'finishReason') ?? stopReason;
    error ??= readErrorEnvelope(value, inStream);
  }

  return {
    event(_name, data) {
      const wantsModel = modelServed === undefined && data.includes('"modelVersion"');
      if (!wantsModel && !TELLING.test(data)) {
        if (data.includes('"usageMetadata"')) lastUsage = data;
        return;
      }
      const value = asObject(parseJson(data));
      if (value === undefined) return;
      lastUsage = undefined;
      take(value, true);
    },
    json(text) {
      const parsed = parseJson(text);
      const chunks: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
      for (const chunk of chunks) {
        const value = asObject(chunk);
        if (value === undefined) continue;
        take(value, false);
        complete = true;
      }
    },
    reading() {
      const last = lastUsage === undefined ? undefined : asObject(parseJson(lastUsage));
      lastUsage = undefined;
      if (last !== undefined) take(last, true);
      const ended = complete || stopReason !== undefined;
      return { usage: usageOf(count, ended), modelServed, stopReason, error, complete: ended };
    },
  };
}

/** `promptTokenCount` includes cached tokens; tool results and thoughts are told apart from prompt and answer. */
function readGeminiUsage(usage: JsonObject | undefined): UsageCount {
  const thoughts = countAt(usage, 'thoughtsTokenCount');
  return {
    inputTokens: sum(countAt(usage, 'promptTokenCount'), countAt(usage, 'toolUsePromptTokenCount')),
    cacheReadTokens: countAt(usage, 'cachedContentTokenCount'),
    cacheWriteTokens: undefined,
    outputTokens: sum(countAt(usage, 'candidatesTokenCount'), thoughts),
    reasoningTokens: thoughts,
  };
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}
