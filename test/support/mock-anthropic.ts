import type { Block, Turn } from './mock-reply.ts';
import type { TokenFigures } from './mock-usage.ts';

/** A turn in the Anthropic Messages dialect (docs.anthropic.com, Messages and Streaming Messages). */

export function writeAnthropicBody(turn: Turn, hideUsage: boolean): string {
  return JSON.stringify({
    id: turn.id,
    type: 'message',
    role: 'assistant',
    model: turn.model,
    content: turn.blocks.map((block, i) => content(turn, block, i)),
    stop_reason: stopReason(turn),
    stop_sequence: null,
    ...(hideUsage ? {} : { usage: usage(turn.usage, turn.usage.outputTokens) }),
  });
}

/** The events of a stream, each ready to send. */
export function writeAnthropicEvents(turn: Turn, hideUsage: boolean): readonly string[] {
  const start = {
    id: turn.id,
    type: 'message',
    role: 'assistant',
    model: turn.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    ...(hideUsage ? {} : { usage: usage(turn.usage, 1) }),
  };
  return [
    event('message_start', { message: start }),
    event('ping', {}),
    ...turn.blocks.flatMap((block, i) => blockEvents(turn, block, i)),
    event('message_delta', {
      delta: { stop_reason: stopReason(turn), stop_sequence: null },
      ...(hideUsage ? {} : { usage: usage(turn.usage, turn.usage.outputTokens) }),
    }),
    event('message_stop', {}),
  ];
}

/** Anthropic reports cached tokens apart: `input_tokens` holds only what was neither read from nor written to a cache. */
function usage(figures: TokenFigures, outputTokens: number): unknown {
  return {
    input_tokens: figures.inputTokens - figures.cacheReadTokens - figures.cacheWriteTokens,
    cache_creation_input_tokens: figures.cacheWriteTokens,
    cache_read_input_tokens: figures.cacheReadTokens,
    output_tokens: outputTokens,
    service_tier: 'standard',
  };
}

function stopReason(turn: Turn): string {
  return turn.blocks.some((block) => block.kind === 'tool') ? 'tool_use' : 'end_turn';
}

function content(turn: Turn, block: Block, index: number): unknown {
  if (block.kind === 'text') return { type: 'text', text: block.text };
  if (block.kind === 'thinking') return { type: 'thinking', thinking: block.text, signature: '' };
  return { type: 'tool_use', id: toolId(turn, index), name: block.name, input: block.input };
}

function blockEvents(turn: Turn, block: Block, index: number): readonly string[] {
  const started =
    block.kind === 'text'
      ? { type: 'text', text: '' }
      : block.kind === 'thinking'
        ? { type: 'thinking', thinking: '', signature: '' }
        : { type: 'tool_use', id: toolId(turn, index), name: block.name, input: {} };
  const text = block.kind === 'tool' ? JSON.stringify(block.input) : block.text;
  return [
    event('content_block_start', { index, content_block: started }),
    ...pieces(text).map((piece) => event('content_block_delta', { index, delta: delta(block.kind, piece) })),
    event('content_block_stop', { index }),
  ];
}

function delta(kind: Block['kind'], piece: string): unknown {
  if (kind === 'text') return { type: 'text_delta', text: piece };
  if (kind === 'thinking') return { type: 'thinking_delta', thinking: piece };
  return { type: 'input_json_delta', partial_json: piece };
}

/** About one word at a time, as models stream. */
function pieces(text: string): readonly string[] {
  return text.match(/[\s\S]{1,12}/g) ?? [];
}

function toolId(turn: Turn, index: number): string {
  return `toolu_${turn.id.replace(/\W/g, '')}_${index}`;
}

function event(type: string, fields: Readonly<Record<string, unknown>>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
