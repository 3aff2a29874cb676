import type { DialectId } from '../core/exchange.ts';

export interface Part {
  readonly kind: 'text' | 'tool-call' | 'tool-result' | 'attachment';
  /** Text of a text part, file name of an attachment where it has one, else empty. */
  readonly text: string;
}

export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly parts: readonly Part[];
}

/** A request body in one shape for all dialects. Order is the order on the wire. */
export interface Conversation {
  /** Texts of the system prompt, also those that stand among the messages. */
  readonly system: readonly string[];
  readonly messages: readonly Message[];
  /** Names of the tools it declares. */
  readonly tools: readonly string[];
}

/** Reads a parsed request body. What does not have the dialect's shape is left out. Never throws. */
export function readConversation(body: unknown, dialect: DialectId): Conversation {
  const record = asRecord(body);
  switch (dialect) {
    case 'anthropic-messages':
      return withSystem(textsOf(record['system']), record['messages'], record['tools']);
    case 'openai-chat':
      return withSystem([], record['messages'], record['tools']);
    case 'openai-responses':
      return withSystem(textsOf(record['instructions']), asItems(record['input']), record['tools']);
    case 'gemini':
      return withSystem(
        textsOf(asRecord(record['systemInstruction'] ?? record['system_instruction'])['parts']),
        record['contents'],
        record['tools'],
      );
    default:
      return dialect satisfies never;
  }
}

function withSystem(system: readonly string[], messages: unknown, tools: unknown): Conversation {
  const read = asList(messages).map(readMessage);
  const inside = read.flatMap(({ role, parts }) => (role === 'system' ? parts.map(({ text }) => text) : []));
  return { system: [...system, ...inside], messages: read, tools: toolNames(tools) };
}

/** The Responses dialect takes a bare text for its input. */
function asItems(input: unknown): unknown {
  return typeof input === 'string' ? [{ role: 'user', content: input }] : input;
}

function readMessage(value: unknown): Message {
  const item = asRecord(value);
  const type = asText(item['type']);
  // Responses: calls and their outputs are items of their own.
  if (type.endsWith('_call_output')) return { role: 'tool', parts: [{ kind: 'tool-result', text: '' }] };
  if (/_call$|^reasoning$/.test(type)) return { role: 'assistant', parts: [{ kind: 'tool-call', text: '' }] };
  const parts = partsOf(item['content'] ?? item['parts']);
  switch (item['role']) {
    case 'system':
    case 'developer':
      return { role: 'system', parts };
    case 'assistant':
    case 'model':
      return { role: 'assistant', parts };
    case 'tool':
    case 'function':
      return { role: 'tool', parts: [{ kind: 'tool-result', text: '' }] };
    default: {
      // Anthropic and Gemini send tool results in the user's name.
      const onlyResults = parts.length > 0 && parts.every(({ kind }) => kind === 'tool-result');
      return { role: onlyResults ? 'tool' : 'user', parts };
    }
  }
}

function partsOf(content: unknown): readonly Part[] {
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  return asList(content).map((value) => {
    const part = asRecord(value);
    const type = asText(part['type']);
    if (type === 'tool_result' || part['functionResponse'] !== undefined) return { kind: 'tool-result', text: '' };
    if (type === 'tool_use' || part['functionCall'] !== undefined) return { kind: 'tool-call', text: '' };
    if (typeof part['text'] === 'string') return { kind: 'text', text: part['text'] };
    return { kind: 'attachment', text: fileName(part) };
  });
}

function fileName(part: Readonly<Record<string, unknown>>): string {
  const file = asRecord(part['file']);
  return asText(part['filename']) || asText(part['title']) || asText(file['filename']);
}

function textsOf(value: unknown): readonly string[] {
  return partsOf(value)
    .filter(({ kind }) => kind === 'text')
    .map(({ text }) => text);
}

function toolNames(value: unknown): readonly string[] {
  return asList(value).flatMap((entry) => {
    const tool = asRecord(entry);
    const declared = asList(tool['functionDeclarations'] ?? tool['function_declarations'] ?? tool['tools']);
    if (declared.length > 0) return declared.map((one) => asText(asRecord(one)['name'])).filter((name) => name !== '');
    const name = asText(tool['name']) || asText(asRecord(tool['function'])['name']) || asText(tool['type']);
    return name === '' ? [] : [name];
  });
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
