import type { DialectId } from '../../src/core/exchange.ts';

/** One conversation that every dialect can write. */
export interface Exchange {
  readonly system?: string;
  readonly user: readonly string[];
  /** Steps after the user's message: a tool call and its result each. */
  readonly steps?: number;
  /** Text parts in the user's name after the steps. */
  readonly after?: readonly string[];
  readonly earlier?: readonly (readonly string[])[];
  readonly tools?: readonly string[];
}

export const DIALECTS: readonly DialectId[] = ['anthropic-messages', 'openai-chat', 'openai-responses', 'gemini'];

/** The request body of a conversation, as each dialect's clients write it. */
export function write(dialect: DialectId, told: Exchange): unknown {
  const { system = 'You are an agent.', tools = ['bash'] } = told;
  const user = (parts: readonly string[]): Line => ({ by: 'user', parts });
  const lines: Line[] = [
    ...(told.earlier ?? []).flatMap((parts): Line[] => [user(parts), { by: 'assistant', parts: ['Done.'] }]),
    user(told.user),
    ...Array.from({ length: told.steps ?? 0 }, (): Line[] => [{ by: 'call' }, { by: 'result' }]).flat(),
    ...(told.after === undefined ? [] : [user(told.after)]),
  ];
  switch (dialect) {
    case 'anthropic-messages':
      return {
        model: 'm',
        system: [{ type: 'text', text: system }],
        messages: lines.map(anthropicLine),
        tools: tools.map((name) => ({ name })),
      };
    case 'openai-chat':
      return {
        model: 'm',
        messages: [{ role: 'system', content: system }, ...lines.map(chatLine)],
        tools: tools.map((name) => ({ type: 'function', function: { name } })),
      };
    case 'openai-responses':
      return {
        model: 'm',
        input: [
          { type: 'message', role: 'developer', content: [{ type: 'input_text', text: system }] },
          ...lines.map(responsesLine),
        ],
        tools: tools.map((name) => ({ type: 'function', name })),
      };
    case 'gemini':
      return {
        systemInstruction: { role: 'user', parts: [{ text: system }] },
        contents: lines.map(geminiLine),
        tools: [{ functionDeclarations: tools.map((name) => ({ name })) }],
      };
    default:
      return dialect satisfies never;
  }
}

type Line =
  | { readonly by: 'user' | 'assistant'; readonly parts: readonly string[] }
  | { readonly by: 'call' }
  | { readonly by: 'result' };

function anthropicLine(line: Line): unknown {
  if (line.by === 'call')
    return { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'bash', input: {} }] };
  if (line.by === 'result')
    return { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'ok' }] };
  return { role: line.by, content: line.parts.map((text) => ({ type: 'text', text })) };
}

function chatLine(line: Line): unknown {
  if (line.by === 'call') return { role: 'assistant', content: null, tool_calls: [{ id: 't', type: 'function' }] };
  if (line.by === 'result') return { role: 'tool', tool_call_id: 't', content: 'Plan a trip to Lisbon.' };
  const [only, ...more] = line.parts;
  return { role: line.by, content: more.length === 0 ? only : line.parts.map((text) => ({ type: 'text', text })) };
}

function responsesLine(line: Line): unknown {
  if (line.by === 'call') return { type: 'function_call', call_id: 't', name: 'bash', arguments: '{}' };
  if (line.by === 'result') return { type: 'function_call_output', call_id: 't', output: 'Plan a trip to Lisbon.' };
  const type = line.by === 'user' ? 'input_text' : 'output_text';
  return { type: 'message', role: line.by, content: line.parts.map((text) => ({ type, text })) };
}

function geminiLine(line: Line): unknown {
  if (line.by === 'call') return { role: 'model', parts: [{ functionCall: { name: 'bash', args: {} } }] };
  if (line.by === 'result') return { role: 'user', parts: [{ functionResponse: { name: 'bash', response: {} } }] };
  return { role: line.by === 'user' ? 'user' : 'model', parts: line.parts.map((text) => ({ text })) };
}
