import type { Block, Turn } from './mock-reply.ts';
import type { TokenFigures } from './mock-usage.ts';

/** A turn in the OpenAI Chat Completions dialect, with Z.AI's `reasoning_content`. */

export function writeOpenAiBody(turn: Turn, hideUsage: boolean): string {
  const calls = turn.blocks.flatMap((block, i) => (block.kind === 'tool' ? [call(turn, block, i)] : []));
  const reasoning = textOf(turn, 'thinking');
  return JSON.stringify({
    ...common(turn, 'chat.completion'),
    choices: [
      {
        index: 0,
        finish_reason: finishReason(turn),
        message: {
          role: 'assistant',
          content: textOf(turn, 'text'),
          ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
          ...(calls.length === 0 ? {} : { tool_calls: calls }),
        },
      },
    ],
    ...(hideUsage ? {} : { usage: usage(turn.usage) }),
  });
}

/** The events of a stream, each ready to send, `[DONE]` included. The usage chunk comes only where the client asked. */
export function writeOpenAiEvents(turn: Turn, withUsage: boolean): readonly string[] {
  const chunk = (fields: Readonly<Record<string, unknown>>): string =>
    `data: ${JSON.stringify({ ...common(turn, 'chat.completion.chunk'), ...fields })}\n\n`;
  const choice = (delta: unknown, finish: string | null = null): string =>
    chunk({ choices: [{ index: 0, delta, finish_reason: finish }] });
  let toolIndex = 0;
  const deltas = turn.blocks.flatMap((block, i) => {
    if (block.kind !== 'tool') {
      const key = block.kind === 'text' ? 'content' : 'reasoning_content';
      return pieces(block.text).map((piece) => choice({ [key]: piece }));
    }
    const index = toolIndex++;
    const opened = { index, id: callId(turn, i), type: 'function', function: { name: block.name, arguments: '' } };
    return [
      choice({ tool_calls: [opened] }),
      ...pieces(JSON.stringify(block.input)).map((piece) =>
        choice({ tool_calls: [{ index, function: { arguments: piece } }] }),
      ),
    ];
  });
  return [
    choice({ role: 'assistant', content: '' }),
    ...deltas,
    choice({}, finishReason(turn)),
    ...(withUsage ? [chunk({ choices: [], usage: usage(turn.usage) })] : []),
    'data: [DONE]\n\n',
  ];
}

/** Here `prompt_tokens` includes the cached ones. */
function usage(figures: TokenFigures): unknown {
  return {
    prompt_tokens: figures.inputTokens,
    completion_tokens: figures.outputTokens,
    total_tokens: figures.inputTokens + figures.outputTokens,
    prompt_tokens_details: { cached_tokens: figures.cacheReadTokens },
    completion_tokens_details: { reasoning_tokens: figures.reasoningTokens },
  };
}

function common(turn: Turn, object: string): Readonly<Record<string, unknown>> {
  return { id: turn.id, object, created: turn.createdAt, model: turn.model };
}

function finishReason(turn: Turn): string {
  return turn.blocks.some((block) => block.kind === 'tool') ? 'tool_calls' : 'stop';
}

function textOf(turn: Turn, kind: 'text' | 'thinking'): string {
  return turn.blocks.map((block) => (block.kind === kind ? block.text : '')).join('');
}

function call(turn: Turn, block: Extract<Block, { kind: 'tool' }>, index: number): unknown {
  return {
    id: callId(turn, index),
    type: 'function',
    function: { name: block.name, arguments: JSON.stringify(block.input) },
  };
}

function callId(turn: Turn, index: number): string {
  return `call_${turn.id.replace(/\W/g, '')}_${index}`;
}

function pieces(text: string): readonly string[] {
  return text.match(/[\s\S]{1,12}/g) ?? [];
}
