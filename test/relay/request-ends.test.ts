import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTurn } from '../../src/agents/turn-kind.ts';
import type { DialectId } from '../../src/core/exchange.ts';
import { readEnds, type Piece } from '../../src/relay/request-ends.ts';
import { cpuMs } from '../support/cpu-time.ts';

const LONG = 'const a = {"role": "user", "x": [1, 2]}; // \\" quoted\n'.repeat(40);
const tool = (name: string) => ({ name, description: LONG.slice(0, 500), input_schema: { type: 'object' } });
const NEWEST = 'Rename the helper {"role":"system"} and say "done" \\ 中文';

const anthropic = (turns: number) => ({
  model: 'glm-5.3',
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'Fix the parser' }] },
    ...Array.from({ length: turns }, (_, i) => [
      { role: 'assistant', content: [{ type: 'tool_use', id: `t${i}`, name: 'Read', input: { file: 'a.ts' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: `t${i}`, content: LONG }] },
    ]).flat(),
    { role: 'assistant', content: 'Fixed.' },
    { role: 'user', content: [{ type: 'text', text: NEWEST }] },
  ],
  system: [{ type: 'text', text: 'You are a coding agent.' }],
  tools: ['Read', 'Edit', 'Bash'].map(tool),
  stream: true,
});

const openai = (turns: number) => ({
  model: 'glm-4.7',
  stream: true,
  messages: [
    { role: 'system', content: 'You are Cline, an AI coding agent.' },
    { role: 'user', content: 'Fix the parser' },
    ...Array.from({ length: turns }, (_, i) => [
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: `c${i}`, type: 'function', function: { name: 'read', arguments: '{"role":"user"}' } }],
      },
      { role: 'tool', tool_call_id: `c${i}`, content: LONG },
    ]).flat(),
    { role: 'assistant', content: 'Fixed.' },
    { role: 'user', content: NEWEST },
  ],
  tools: ['read_files', 'editor'].map((name) => ({ type: 'function', function: tool(name) })),
});

const from =
  (text: string): Piece =>
  (length) =>
    text.slice(0, length);
const upTo =
  (text: string): Piece =>
  (length) =>
    text.slice(Math.max(0, text.length - length));

function ends(body: object, bytes = 96 * 1024) {
  const text = JSON.stringify(body);
  return readEnds(from(text.slice(0, 48 * 1024)), upTo(text.slice(-bytes)));
}

describe('a body too large to parse', () => {
  const cases: [DialectId, (turns: number) => object][] = [
    ['anthropic-messages', anthropic],
    ['openai-chat', openai],
  ];
  test.each(cases)('%s: its ends say the same newest turn, kind, tools and model as the whole', (dialect, make) => {
    const body = make(400);
    expect(JSON.stringify(body).length).toBeGreaterThan(800_000);
    const whole = readTurn({ headers: [], body, dialect });
    const read = ends(body);
    const part = readTurn({ headers: [], body: read, dialect });
    expect(part).toMatchObject({
      kind: whole.kind,
      text: NEWEST,
      tools: whole.tools,
      system: whole.system,
      author: whole.author,
    });
    expect(read).toMatchObject({ stream: true, model: (body as { model: string }).model });
  });

  test.each(cases)('%s: the same at whatever length its end is cut', (dialect, make) => {
    const body = make(60);
    const whole = readTurn({ headers: [], body, dialect });
    for (let bytes = 30_000; bytes < 150_000; bytes += 3_331) {
      const part = readTurn({ headers: [], body: ends(body, bytes), dialect });
      expect(part).toMatchObject({ kind: whole.kind, text: NEWEST, tools: whole.tools, system: whole.system });
    }
  });

  test('is not misled by objects with a role inside a message', () => {
    const nested = { role: 'user', content: 'not a message of the conversation' };
    const body = anthropic(40);
    for (const message of body.messages.slice(-40)) {
      if (typeof message.content !== 'string' && 'input' in message.content[0]!) {
        Object.assign(message.content[0].input, { rows: [nested, nested, nested], one: nested });
      }
    }
    const read = ends(body) as { readonly messages: readonly { readonly content: unknown }[] };
    expect(read.messages).toHaveLength(24);
    expect(JSON.stringify(read.messages)).toBe(JSON.stringify(body.messages.slice(-24)));
  });

  test('with a tool result at its end is a step of a turn, not a turn', () => {
    const body = openai(300);
    body.messages.splice(-2);
    expect(readTurn({ headers: [], body: ends(body), dialect: 'openai-chat' }).kind).toBe('tool-result');
  });

  test('that is no JSON object is none', () => {
    expect(readEnds(from('[1, 2'), upTo('3]'))).toBeUndefined();
    expect(readEnds(from('{"a":'), upTo('x'))).toBeUndefined();
  });

  test('of any bytes never throws and takes no time to speak of', () => {
    fc.assert(
      fc.property(
        fc.string({
          maxLength: 300,
          unit: fc.constantFrom('"', '{', '}', '[', ']', '\\', 'role', ':', ',', 'a', '"role":', '{"role":'),
        }),
        (junk) => {
          readEnds(from(`{${junk}`), upTo(`${junk}}`));
        },
      ),
      { numRuns: 500 },
    );
    const spent = cpuMs(() => {
      for (const hostile of ['{"role":', '"', '\\"', '[', '{"type":'])
        readEnds(from(`{${hostile.repeat(8000)}`), upTo(`${hostile.repeat(24_000)}}`));
    });
    expect(spent).toBeLessThan(2000);
  });
});
