import { expect, test } from 'vitest';
import { findDialect } from '../../../src/providers/dialects/list.ts';

test.each([
  [
    'anthropic-messages',
    ['message_start', '{"type":"message_start","message":{"id":"msg_1","model":"m","usage":{"input_tokens":3}}}'],
    '{"id":"msg_2","type":"message","model":"m","content":[],"usage":{"input_tokens":3,"output_tokens":1}}',
    ['msg_1', 'msg_2'],
  ],
  [
    'openai-responses',
    ['response.created', '{"type":"response.created","response":{"id":"resp_1","model":"m","status":"in_progress"}}'],
    '{"id":"resp_2","object":"response","model":"m","status":"completed"}',
    ['resp_1', 'resp_2'],
  ],
] as const)(
  '%s: the provider’s id of an answer is read from its stream and its body',
  (id, [name, data], body, ids) => {
    const streamed = findDialect(id)!.createReader();
    streamed.event(name, data);
    const whole = findDialect(id)!.createReader();
    whole.json(body);
    expect([streamed.reading().responseId, whole.reading().responseId]).toEqual(ids);
  },
);

test('an id in the words of an answer is not taken for the answer’s', () => {
  const reader = findDialect('anthropic-messages')!.createReader();
  const delta = { type: 'text_delta', text: '{"type":"message_start","message":{"id":"msg_9"}}' };
  reader.event('content_block_delta', JSON.stringify({ type: 'content_block_delta', index: 0, delta }));
  reader.event(undefined, JSON.stringify({ type: 'content_block_delta', index: 0, delta }));
  expect(reader.reading().responseId).toBeUndefined();
});
