import type { SpokenAnswer, Utterance } from '../../core/provider.ts';
import { sse } from './sse.ts';

/** A whole assistant message in OpenAI Responses. */
export function speakResponses({ id, text, model, streamed, at }: Utterance): SpokenAnswer {
  const usage = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
  const part = { type: 'output_text', text, annotations: [] };
  const item = { id: `msg_${id}`, type: 'message', role: 'assistant', status: 'completed', content: [part] };
  const base = { id: `resp_${id}`, object: 'response', created_at: Math.floor(at / 1000), model };
  const whole = { ...base, status: 'completed', output: [item], usage };
  if (!streamed) return { contentType: 'application/json', body: JSON.stringify(whole) };
  const place = { item_id: item.id, output_index: 0, content_index: 0 };
  const events = [
    { type: 'response.created', response: { ...base, status: 'in_progress', output: [] } },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...item, status: 'in_progress', content: [] },
    },
    { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
    { type: 'response.output_text.delta', ...place, delta: text },
    { type: 'response.output_text.done', ...place, text },
    { type: 'response.content_part.done', ...place, part },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: whole },
  ];
  const body = sse(events.map((data, sequence_number) => ({ event: data.type, data: { ...data, sequence_number } })));
  return { contentType: 'text/event-stream', body };
}
