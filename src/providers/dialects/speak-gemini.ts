import type { SpokenAnswer, Utterance } from '../../core/provider.ts';
import { sse } from './sse.ts';

/** A whole model turn in Gemini's format; streamed as events, the only way its CLI asks for a stream. */
export function speakGemini({ text, model, streamed }: Utterance): SpokenAnswer {
  const answer = {
    candidates: [{ index: 0, content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 0, candidatesTokenCount: 0, totalTokenCount: 0 },
    modelVersion: model,
  };
  return streamed
    ? { contentType: 'text/event-stream', body: sse([{ data: answer }]) }
    : { contentType: 'application/json', body: JSON.stringify(answer) };
}
