import type { SpokenAnswer, Utterance } from '../../core/provider.ts';
import { sse } from './sse.ts';

/** A whole assistant message in Anthropic Messages, as a provider that counts nothing would send it. */
export function speakAnthropic({ id, text, model, streamed }: Utterance): SpokenAnswer {
  const usage = { input_tokens: 0, output_tokens: 0 };
  const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model, stop_sequence: null };
  if (!streamed) {
    const body = { ...message, content: [{ type: 'text', text }], stop_reason: 'end_turn', usage };
    return { contentType: 'application/json', body: JSON.stringify(body) };
  }
  const named = (data: { readonly type: string }) => ({ event: data.type, data });
  const body = sse(
    [
      { type: 'message_start', message: { ...message, content: [], stop_reason: null, usage } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage },
      { type: 'message_stop' },
    ].map(named),
  );
  return { contentType: 'text/event-stream', body };
}
