import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTurn } from '../../src/agents/turn-kind.ts';
import type { DialectId } from '../../src/core/exchange.ts';
import { createBodyMemory, type BodyMemory } from '../../src/relay/body-memory.ts';
import { createRequestCopy } from '../../src/relay/request-copy.ts';

const LONG = 'const a = {"role": "user", "x": [1, 2]}; // \\" quoted 中文\n'.repeat(60);
const tools = ['Read', 'Edit', 'Bash'].map((name) => ({ name, description: LONG, input_schema: { type: 'object' } }));

type Step = 'turn' | 'tool' | 'file' | 'system';

/** A conversation after these steps as one dialect sends it; the newest two messages bear a mark that moves on. */
function bodyOf(dialect: DialectId, steps: readonly Step[], extra: Record<string, unknown> = {}): Buffer {
  const messages = steps.flatMap((step, i): unknown[] => {
    const marked = i >= steps.length - 2 ? { cache_control: { type: 'ephemeral' } } : {};
    if (step === 'turn') return [say('user', `Fix the parser, step ${i}`, marked)];
    if (step === 'system') return [say('user', `<system-reminder>Step ${i}</system-reminder>`, marked)];
    if (step === 'file') {
      const content = [
        { type: 'image', source: { data: LONG } },
        { type: 'text', text: `See image ${i}`, ...marked },
      ];
      return [dialect === 'gemini' ? say('user', `See image ${i}`, marked) : { role: 'user', content }];
    }
    if (dialect === 'openai-chat') {
      const call = { id: `c${i}`, type: 'function', function: { name: 'read', arguments: '{"role":"user"}' } };
      return [
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: `c${i}`, content: LONG },
      ];
    }
    if (dialect === 'openai-responses') {
      return [
        { type: 'function_call', call_id: `c${i}`, name: 'read', arguments: '{}' },
        { type: 'function_call_output', call_id: `c${i}`, output: LONG },
      ];
    }
    if (dialect === 'gemini') {
      return [
        { role: 'model', parts: [{ functionCall: { name: 'read', args: {} } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'read', response: { output: LONG } } }] },
      ];
    }
    return [
      { role: 'assistant', content: [{ type: 'tool_use', id: `t${i}`, name: 'Read', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: `t${i}`, content: LONG, ...marked }] },
    ];
  });
  function say(role: string, text: string, marked: object): unknown {
    return dialect === 'gemini' ? { role, parts: [{ text }] } : { role, content: [{ type: 'text', text, ...marked }] };
  }
  const first = dialect === 'openai-chat' ? [{ role: 'system', content: `You are Cline. ${LONG}` }] : [];
  const list = dialect === 'openai-responses' ? 'input' : dialect === 'gemini' ? 'contents' : 'messages';
  const own = dialect === 'anthropic-messages' ? { system: [{ type: 'text', text: `You help. ${LONG}` }] } : {};
  const metadata = { user_id: 'user_a_account_b_session_c' };
  const body = { model: 'glm-5.3', [list]: [...first, ...messages], ...own, tools, metadata, stream: true, ...extra };
  return Buffer.from(JSON.stringify(body));
}

function read(body: Buffer, dialect: DialectId, memory: BodyMemory | undefined) {
  const copy = createRequestCopy(body.length, memory);
  for (let at = 0; at < body.length; at += 100_000) copy.push(body.subarray(at, at + 100_000), true);
  const { model, stream, reading, body: known } = copy.facts();
  const turn = readTurn({ headers: [], body: known, dialect });
  const said = { model, stream, reading, metadata: known?.['metadata'], max: known?.['max_tokens'], turn };
  copy.drop();
  return said;
}

const dialects: readonly DialectId[] = ['anthropic-messages', 'openai-chat', 'openai-responses', 'gemini'];

describe('a conversation that is sent again with more', () => {
  test('reads the same, request by request, as if each came for the first time', () => {
    const step = fc.constantFrom<Step>('turn', 'tool', 'tool', 'tool', 'tool', 'file', 'system');
    fc.assert(
      fc.property(fc.constantFrom(...dialects), fc.array(step, { minLength: 4, maxLength: 30 }), (dialect, steps) => {
        const memory = createBodyMemory();
        for (let count = 3; count <= steps.length; count += 1) {
          const body = bodyOf(dialect, steps.slice(0, count), { max_tokens: count });
          if (body.length <= 256 * 1024) expect(read(body, dialect, memory)).toEqual(read(body, dialect, undefined));
        }
      }),
      { numRuns: 25 },
    );
  });

  test.each(dialects)('of %s longer than what is kept of it tells the newest turn and those before', (dialect) => {
    const memory = createBodyMemory();
    const steps: Step[] = ['turn', ...Array.from<Step>({ length: 90 }).fill('tool')];
    for (let count = 30; count <= steps.length; count += 2)
      read(bodyOf(dialect, steps.slice(0, count)), dialect, memory);
    const last = bodyOf(dialect, [...steps, 'turn']);
    expect(last.length).toBeGreaterThan(256 * 1024);
    const { turn, model, stream } = read(last, dialect, memory);
    expect({ model, stream, text: turn.text, previous: turn.previous, tools: turn.tools.length }).toEqual({
      model: 'glm-5.3',
      stream: true,
      text: 'Fix the parser, step 91',
      // Far before what is kept of the body: known from earlier requests.
      previous: ['Fix the parser, step 0'],
      tools: 3,
    });
  });
});

describe('what is remembered', () => {
  const steps = Array.from<Step>({ length: 12 }).fill('tool');
  steps[0] = 'turn';

  test('is used: the messages that are known are not read again', () => {
    const memory = createBodyMemory();
    const first = bodyOf('anthropic-messages', steps);
    read(first, 'anthropic-messages', memory);
    // Behind the beginning and before the window that is compared: a change there is not seen, which shows that nobody read it.
    const second = bodyOf('anthropic-messages', [...steps, 'tool']);
    const at = second.indexOf('quoted', 20_000);
    second.write('QUOTED', at);
    expect(memory.readOn({ start: second, end: second, length: second.length })).toBeDefined();
  });

  test('does not answer for another conversation, another beginning, or what is no JSON behind it', () => {
    const memory = createBodyMemory();
    read(bodyOf('anthropic-messages', steps), 'anthropic-messages', memory);
    const ask = (body: Buffer) => memory.readOn({ start: body, end: body, length: body.length });
    const next = bodyOf('anthropic-messages', [...steps, 'turn']);
    const elsewhere = Buffer.from(next.toString().replace('Fix the parser, step 0', 'Fix the reader, step 0'));
    expect(ask(elsewhere)).toBeUndefined();
    expect(ask(bodyOf('anthropic-messages', ['system', ...steps]))).toBeUndefined();
    expect(ask(Buffer.concat([next, Buffer.from('}')]))).toBeUndefined();
    expect(ask(next.subarray(0, next.length - 1))).toBeUndefined();
    expect(ask(next)).toBeDefined();
  });

  test('takes what follows the messages from the newest request', () => {
    const memory = createBodyMemory();
    read(bodyOf('anthropic-messages', steps), 'anthropic-messages', memory);
    const body = bodyOf('anthropic-messages', [...steps, 'tool'], { max_tokens: 7, stream: false });
    expect(read(body, 'anthropic-messages', memory)).toMatchObject({ max: 7, stream: false, reading: 'read' });
  });

  test('is bounded: the oldest of many conversations is forgotten', () => {
    const memory = createBodyMemory();
    const of = (i: number, more: readonly Step[] = []) =>
      Buffer.from(
        bodyOf('anthropic-messages', [...steps, ...more])
          .toString()
          .replace('glm-5.3', `model-${i}`),
      );
    for (let i = 0; i < 17; i += 1) read(of(i), 'anthropic-messages', memory);
    const knows = (i: number) => {
      const body = of(i, ['tool']);
      return memory.readOn({ start: body, end: body, length: body.length }) !== undefined;
    };
    expect([knows(0), knows(1), knows(16)]).toEqual([false, true, true]);
  });

  test('never throws, whatever bytes it is asked about', () => {
    const memory = createBodyMemory();
    const whole = bodyOf('anthropic-messages', steps);
    read(whole, 'anthropic-messages', memory);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.uint8Array({ maxLength: 40 }), (at, noise) => {
        const body = Buffer.concat([whole.subarray(0, at), noise, whole.subarray(at)]);
        read(body, 'anthropic-messages', memory);
      }),
      { numRuns: 150 },
    );
  });
});
