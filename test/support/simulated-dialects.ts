import { randomUUID } from 'node:crypto';
import type { Headers } from '../../src/core/provider.ts';
import { isObject, type JsonObject } from './mock-request.ts';

/** What the simulated agent got back: text, or tools it must run. */
export interface ReadTurn {
  readonly text: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly input: string }[];
}

/** One agent's way to talk: its heads, its bodies and how it reads a stream. */
export interface SimulatedDialect {
  readonly agentName: string;
  /** Path below the provider's. */
  readonly path: string;
  /** Fields in the agent's own order, without `Host` and `Content-Length`. */
  headers(apiKey: string): Headers;
  open(prompt: string): Conversation;
}

/** A conversation that grows turn by turn. */
export interface Conversation {
  body(): string;
  /** Takes the whole text of a stream; gives what was said in it. */
  hear(stream: string): ReadTurn;
  /** Adds results for the calls of the last turn, in order. */
  answerTools(results: readonly string[]): void;
}

/** Traffic as Claude Code sends it: heads, field order, tool names and sizes of version 2.1.330; own filler text. */
export function claudeCodeLike(model: string): SimulatedDialect {
  const session = randomUUID();
  const tools = ['Agent', 'Bash', 'Edit', 'Read', 'Skill', 'ToolSearch', 'Workflow', 'Write'].map((name) => ({
    name,
    description: filler(`${name} tool.`, 3600),
    input_schema: { type: 'object', properties: {} },
  }));
  const system = [
    { type: 'text', text: "You are Claude Code, Anthropic's official CLI for Claude." },
    { type: 'text', text: 'Your environment:\n - Primary working directory: /home/user/project\n' },
    { type: 'text', text: filler('Planward simulator traffic.', 6000) },
  ];
  return {
    agentName: 'Claude Code (simulated)',
    path: '/api/anthropic/v1/messages?beta=true',
    headers: (apiKey) => [
      ['Accept', 'application/json'],
      ['Authorization', `Bearer ${apiKey}`],
      ['Content-Type', 'application/json'],
      ['User-Agent', 'claude-cli/2.1.330 (external, cli)'],
      ['X-Claude-Code-Session-Id', session],
      ['X-Stainless-Lang', 'js'],
      ['X-Stainless-Retry-Count', '0'],
      ['X-Stainless-Timeout', '600'],
      ['anthropic-beta', 'claude-code-20250219'],
      ['anthropic-version', '2023-06-01'],
      ['x-app', 'cli'],
      ['Connection', 'keep-alive'],
      ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ],
    open(prompt) {
      const messages: unknown[] = [{ role: 'user', content: [{ type: 'text', text: prompt }] }];
      let calls: ReadTurn['calls'] = [];
      return {
        body: () => JSON.stringify({ model, messages, system, tools, max_tokens: 32_000, stream: true }),
        hear(stream) {
          const turn = hearAnthropic(stream);
          calls = turn.calls;
          const uses = calls.map(({ id, name, input }) => ({
            type: 'tool_use',
            id,
            name,
            input: JSON.parse(input || '{}'),
          }));
          const text = turn.text === '' ? [] : [{ type: 'text', text: turn.text }];
          messages.push({ role: 'assistant', content: [...text, ...uses] });
          return turn;
        },
        answerTools(results) {
          const content = calls.map(({ id }, i) => ({
            type: 'tool_result',
            tool_use_id: id,
            content: results[i] ?? '',
          }));
          messages.push({ role: 'user', content });
        },
      };
    },
  };
}

/** Traffic as Cline sends it: heads, field order, tool names and sizes of version 3.0.65; own filler text. */
export function clineLike(model: string): SimulatedDialect {
  const names = ['read_files', 'search_codebase', 'run_commands', 'fetch_web_content', 'editor', 'ask_question'];
  const tools = [...names, 'spawn_agent', 'team_task'].map((name) => ({
    type: 'function',
    function: { name, description: filler(`${name} tool.`, 2000), parameters: { type: 'object', properties: {} } },
  }));
  const system = `You are Cline, an AI coding agent. ${filler('Planward simulator traffic.', 4200)}`;
  return {
    agentName: 'Cline (simulated)',
    path: '/api/coding/paas/v4/chat/completions',
    headers: (apiKey) => [
      ['Authorization', `Bearer ${apiKey}`],
      ['Content-Type', 'application/json'],
      ['User-Agent', 'ai-sdk/openai-compatible/3.0.37 ai-sdk/provider-utils/5.0.30 runtime/bun/1.3.13'],
      ['Connection', 'keep-alive'],
      ['Accept', '*/*'],
      ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ],
    open(prompt) {
      const messages: unknown[] = [
        { role: 'system', content: system },
        { role: 'user', content: prompt },
      ];
      let calls: ReadTurn['calls'] = [];
      return {
        body: () =>
          JSON.stringify({
            model,
            messages,
            tools,
            tool_choice: 'auto',
            stream: true,
            stream_options: { include_usage: true },
          }),
        hear(stream) {
          const turn = hearOpenAi(stream);
          calls = turn.calls;
          const toolCalls = calls.map(({ id, name, input }) => ({
            id,
            type: 'function',
            function: { name, arguments: input },
          }));
          messages.push({
            role: 'assistant',
            content: turn.text === '' ? null : turn.text,
            ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
          });
          return turn;
        },
        answerTools(results) {
          for (const [i, { id }] of calls.entries()) {
            messages.push({ role: 'tool', tool_call_id: id, content: results[i] ?? '' });
          }
        },
      };
    },
  };
}

function hearAnthropic(stream: string): ReadTurn {
  let text = '';
  const calls: { id: string; name: string; input: string }[] = [];
  for (const event of dataOf(stream)) {
    const block = event['content_block'];
    const delta = event['delta'];
    if (isObject(block) && block['type'] === 'tool_use')
      calls.push({ id: word(block['id']), name: word(block['name']), input: '' });
    if (!isObject(delta)) continue;
    text += word(delta['text']);
    const last = calls.at(-1);
    if (last !== undefined) last.input += word(delta['partial_json']);
  }
  return { text, calls };
}

function hearOpenAi(stream: string): ReadTurn {
  let text = '';
  const calls: { id: string; name: string; input: string }[] = [];
  for (const event of dataOf(stream)) {
    const choice: unknown = Array.isArray(event['choices']) ? event['choices'][0] : undefined;
    const delta = isObject(choice) ? choice['delta'] : undefined;
    if (!isObject(delta)) continue;
    text += word(delta['content']);
    for (const call of Array.isArray(delta['tool_calls']) ? delta['tool_calls'].filter(isObject) : []) {
      const asked = isObject(call['function']) ? call['function'] : {};
      if (call['id'] !== undefined) calls.push({ id: word(call['id']), name: word(asked['name']), input: '' });
      const last = calls.at(-1);
      if (last !== undefined) last.input += word(asked['arguments']);
    }
  }
  return { text, calls };
}

function* dataOf(stream: string): Generator<JsonObject> {
  for (const line of stream.split('\n')) {
    if (!line.startsWith('data: {')) continue;
    const value: unknown = JSON.parse(line.slice(6));
    if (isObject(value)) yield value;
  }
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Text of about `length` characters, so that bodies have the sizes real agents send. */
function filler(start: string, length: number): string {
  const line = ' Reads the project, edits files, runs commands and reports what changed.';
  return start + line.repeat(Math.ceil((length - start.length) / line.length));
}
