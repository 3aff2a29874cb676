import type { SpokenAnswer, Utterance } from '../../core/provider.ts';
import { sse } from './sse.ts';

const USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/** A whole assistant message in OpenAI Chat Completions; a tool call instead of text where `tool` names one. */
export function speakOpenaiChat({ id, text, model, streamed, at, tool }: Utterance): SpokenAnswer {
  const created = Math.floor(at / 1000);
  const call =
    tool === undefined
      ? undefined
      : { id: `call_${id}`, type: 'function', function: { name: tool.name, arguments: JSON.stringify(tool.input) } };
  const finish_reason = call === undefined ? 'stop' : 'tool_calls';
  const content = call === undefined ? { content: text } : { content: null };
  if (!streamed) {
    const message = { role: 'assistant', ...content, ...(call === undefined ? {} : { tool_calls: [call] }) };
    const choices = [{ index: 0, message, finish_reason }];
    const body = { id: `chatcmpl-${id}`, object: 'chat.completion', created, model, choices, usage: USAGE };
    return { contentType: 'application/json', body: JSON.stringify(body) };
  }
  const chunk = (more: object) => ({
    data: { id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created, model, ...more },
  });
  const delta = {
    role: 'assistant',
    ...content,
    ...(call === undefined ? {} : { tool_calls: [{ index: 0, ...call }] }),
  };
  const body = sse([
    chunk({ choices: [{ index: 0, delta, finish_reason: null }] }),
    chunk({ choices: [{ index: 0, delta: {}, finish_reason }], usage: USAGE }),
    { data: '[DONE]' },
  ]);
  return { contentType: 'text/event-stream', body };
}
