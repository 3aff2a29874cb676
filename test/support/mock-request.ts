import type { IncomingMessage } from 'node:http';
import type { DialectId } from '../../src/core/exchange.ts';
import type { Headers } from '../../src/core/provider.ts';

/** One request as the mock received it, and what could be read from it. */
export interface MockRequest {
  /** 0 for the first request of this mock. */
  readonly index: number;
  /** Ms since epoch. */
  readonly at: number;
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly path: string;
  /** `[name, value]` in order, case kept. */
  readonly headers: Headers;
  /** Raw bytes of the body, transfer coding removed. */
  readonly body: Buffer;
  readonly kind: 'chat' | 'count-tokens' | 'models' | 'quota' | 'other';
  readonly dialect: DialectId | undefined;
  /** Secret part of the credential; undefined where there was none. */
  readonly credential: string | undefined;
  /** Undefined where the body is no JSON object. */
  readonly json: JsonObject | undefined;
  readonly model: string | undefined;
  readonly streamed: boolean;
  /** OpenAI dialect: whether the client wants a usage chunk at the end of the stream. */
  readonly wantsUsageChunk: boolean;
  /** Names of the declared tools. */
  readonly tools: readonly string[];
  /** System prompt as one text. */
  readonly system: string;
  /** True where the conversation already holds an assistant turn. */
  readonly hasHistory: boolean;
  /** Tool results since the last text the user wrote. */
  readonly toolResults: number;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** What of a request is known before it is read. */
export type MockRequestBytes = Pick<MockRequest, 'index' | 'at' | 'method' | 'target' | 'headers' | 'body'>;

/** Reads a request; never throws, what cannot be read is absent. */
export function readMockRequest(bytes: MockRequestBytes): MockRequest {
  const path = bytes.target.split('?')[0] ?? '';
  const json = readObject(bytes.body);
  const { kind, dialect } = routeOf(bytes.method, path);
  const messages = list(json?.['messages']).filter(isObject);
  const turns = messages.filter((message) => message['role'] !== 'system');
  return {
    ...bytes,
    path,
    kind,
    dialect,
    credential: credentialOf(bytes.headers),
    json,
    model: typeof json?.['model'] === 'string' ? json['model'] : undefined,
    streamed: json?.['stream'] === true,
    wantsUsageChunk: isObject(json?.['stream_options']) && json['stream_options']['include_usage'] === true,
    tools: list(json?.['tools'])
      .filter(isObject)
      .map(toolName)
      .filter((name) => name !== ''),
    system: systemOf(json, messages),
    hasHistory: turns.some((message) => message['role'] === 'assistant'),
    toolResults: trailingToolResults(turns),
  };
}

/** Header fields as they stood on the wire. */
export function fieldsOf(message: IncomingMessage): Headers {
  const fields: [string, string][] = [];
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    fields.push([message.rawHeaders[i] ?? '', message.rawHeaders[i + 1] ?? '']);
  }
  return fields;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function routeOf(method: string, path: string): Pick<MockRequest, 'kind' | 'dialect'> {
  if (path.endsWith('/monitor/usage/quota/limit')) return { kind: 'quota', dialect: undefined };
  if (path.endsWith('/messages/count_tokens')) return { kind: 'count-tokens', dialect: 'anthropic-messages' };
  if (method === 'POST' && path.endsWith('/messages')) return { kind: 'chat', dialect: 'anthropic-messages' };
  if (method === 'POST' && path.endsWith('/chat/completions')) return { kind: 'chat', dialect: 'openai-chat' };
  if (method === 'GET' && path.endsWith('/models')) return { kind: 'models', dialect: undefined };
  return { kind: 'other', dialect: undefined };
}

function credentialOf(headers: Headers): string | undefined {
  for (const [name, value] of headers) {
    const field = name.toLowerCase();
    if (field === 'authorization') return value.replace(/^Bearer /i, '');
    if (field === 'x-api-key') return value;
  }
  return undefined;
}

function readObject(body: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function toolName(tool: JsonObject): string {
  const of = isObject(tool['function']) ? tool['function'] : tool;
  return typeof of['name'] === 'string' ? of['name'] : '';
}

function systemOf(json: JsonObject | undefined, messages: readonly JsonObject[]): string {
  const inMessages = messages.filter((message) => message['role'] === 'system').map((message) => message['content']);
  return [json?.['system'], ...inMessages].map(textOf).join('\n');
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return list(content)
    .filter(isObject)
    .map((part) => (typeof part['text'] === 'string' ? part['text'] : ''))
    .join('\n');
}

/** Counts from the end until a user message that holds no tool result. */
function trailingToolResults(turns: readonly JsonObject[]): number {
  let results = 0;
  for (const turn of turns.toReversed()) {
    if (turn['role'] === 'tool') results += 1;
    if (turn['role'] !== 'user') continue;
    const inTurn = list(turn['content']).filter((part) => isObject(part) && part['type'] === 'tool_result').length;
    if (inTurn === 0) return results;
    results += inTurn;
  }
  return results;
}
