import { expect, test } from 'vitest';
import { agentHooks } from '../../src/agents/hooks/list.ts';
import { claudeCodeStatusLine } from '../../src/agents/status-lines/claude-code.ts';
import { transcriptSources } from '../../src/agents/transcripts/list.ts';
import type { Written } from '../../src/core/seen-turn.ts';
import { runHook } from '../../src/hook/run-hook.ts';
import { patience, runs, seed } from '../support/run-length.ts';
import { createDice, garble, type Dice } from './garble.ts';
import { repeat } from './with-dice.ts';

const AT = '2026-11-22T17:30:59.043Z';
const NOW = Date.parse(AT);
/** No clock goes further (ECMA-262, time values). */
const LAST_INSTANT = 8.64e15;
const json = (value: unknown): string => JSON.stringify(value);

const HOOK_INPUTS = [
  json({ hook_event_name: 'UserPromptSubmit', session_id: 's', cwd: '/p', prompt: 'Rename this function.' }),
  json({ hookName: 'UserPromptSubmit', taskId: 't', userPromptSubmit: { prompt: 'Rename it.', attachments: [] } }),
  json({ providerID: 'zai', sessionID: 's', text: 'Rename it.', parts: [{ type: 'text', text: 'Rename it.' }] }),
];
const STATUS_INPUTS = [
  json({
    session_id: 's',
    model: { id: 'claude-opus-5', display_name: 'Opus' },
    context_window: { used_percentage: 12.5 },
    cost: { total_cost_usd: 0.25 },
    rate_limits: {
      five_hour: { used_percentage: 40, resets_at: 1_795_368_659 },
      seven_day: { used_percentage: 7, resets_at: 1_795_968_659 },
    },
  }),
];
const claudeUsage = {
  input_tokens: 100,
  cache_creation_input_tokens: 5,
  cache_read_input_tokens: 60,
  output_tokens: 11,
};
const codexUsage = { input_tokens: 100, cached_input_tokens: 60, output_tokens: 11, total_tokens: 111 };
const slot = { used_percent: 12, window_minutes: 300, resets_at: 1_795_368_659 };
const TRANSCRIPTS = [
  json({
    type: 'assistant',
    requestId: 'r',
    sessionId: 's',
    timestamp: AT,
    message: { id: 'm', model: 'claude-opus-5', usage: claudeUsage },
  }),
  [
    json({ type: 'session_meta', timestamp: AT, payload: { id: 's', cwd: '/p', model_provider: 'openai' } }),
    json({
      type: 'event_msg',
      timestamp: AT,
      payload: {
        type: 'token_count',
        info: { total_token_usage: codexUsage, last_token_usage: codexUsage },
        rate_limits: { primary: slot, secondary: slot },
      },
    }),
    json({ type: 'token_usage_record', timestamp: AT, payload: { response_id: 'r', usage: codexUsage } }),
  ].join('\n'),
  json({
    sessionId: 's',
    agent: 'lead',
    messages: [{ id: 'm', ts: NOW, role: 'assistant', metrics: { inputTokens: 100, outputTokens: 11 } }],
  }),
  json({
    role: 'assistant',
    time: { created: NOW, completed: NOW },
    tokens: { input: 100, output: 11, total: 111, reasoning: 0, cache: { read: 60, write: 5 } },
  }),
];
const ALL = [...HOOK_INPUTS, ...STATUS_INPUTS, ...TRANSCRIPTS];
const NUMBERS = ['1e999', '-1e999', '1e308', '1e300', '-1', '0.5', 'null', '"12"', '[]', '99999999999999999999999'];

/** Bent anywhere, or with one of its figures made another that JSON can write. */
function bend(text: string, dice: Dice): string {
  if (dice.below(2) === 0) return garble(text, ALL, dice);
  const figures = [...text.matchAll(/(?<=:)\d[\d.]*/g)];
  const figure = dice.pick(figures.length === 0 ? [...text.matchAll(/^/g)] : figures);
  return text.slice(0, figure.index) + dice.pick(NUMBERS) + text.slice(figure.index + figure[0].length);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every number in it is one that can be shown and stored. */
function expectFinite(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) expectFinite(each);
}

function expectSane(found: readonly Written[]): void {
  expectFinite(found);
  for (const each of found) {
    if (each.kind === 'limits') {
      for (const { resetsAt } of each.limits) expect(Math.abs(resetsAt ?? 0)).toBeLessThanOrEqual(LAST_INSTANT);
      continue;
    }
    if (each.kind === 'prompt') continue;
    expect(Math.abs(each.turn.at)).toBeLessThanOrEqual(LAST_INSTANT);
    for (const [name, figure] of Object.entries(each.turn.usage))
      if (name !== 'exactness') expect(Number.isSafeInteger(figure) && (figure as number) >= 0).toBe(true);
  }
}

test(
  'no garbled line, file or row of an agent makes its reader throw or read a figure that is no number',
  () => {
    let read = 0;
    repeat(runs(2500, 300_000), (dice) => {
      const text = bend(dice.pick(TRANSCRIPTS), dice);
      for (const [, source] of transcriptSources) {
        const found =
          source.kind === 'table'
            ? source.read({ id: 'm', sessionId: 's', updatedAt: NOW, data: text })
            : source.kind === 'whole'
              ? source.read(text)
              : readLines(source.createReader(undefined), text);
        read += found.length;
        expectSane(found);
      }
    });
    expect(read).toBeGreaterThan(200);
  },
  patience(60_000),
);

function readLines(reader: { line(text: string): readonly Written[] }, text: string): readonly Written[] {
  return text.split('\n').flatMap((line) => reader.line(line));
}

test(
  'no garbled input of a status line makes its reader throw or read a figure that is no number',
  () => {
    let read = 0;
    repeat(runs(2500, 300_000), (dice) => {
      const input = claudeCodeStatusLine.read(parse(bend(dice.pick(STATUS_INPUTS), dice)));
      if (input !== undefined) read += 1;
      expectFinite(input);
      for (const { resetsAt } of input?.limits ?? []) expect(resetsAt ?? 0).toBeLessThanOrEqual(LAST_INSTANT);
    });
    expect(read).toBeGreaterThan(200);
  },
  patience(60_000),
);

test(
  'no garbled input of a prompt hook makes it throw, and what cannot be read says nothing',
  async () => {
    const start = seed();
    const dice = createDice(start);
    for (let i = 0; i < runs(1000, 50_000); i += 1) {
      const input = bend(dice.pick(HOOK_INPUTS), dice);
      const { agentId, read, reply } = dice.pick(agentHooks);
      const value = parse(input);
      if (value !== undefined) read(value, {});
      // Without a provider nothing is asked of a relay: the input is all that is read.
      const said = await runHook({
        argv: [agentId],
        input,
        env: {},
        userHome: '/nowhere',
        now: () => NOW,
        alone: () => ({ act: 'pass' }) as never,
      });
      expect([start, i, said]).toEqual([start, i, reply(undefined)]);
    }
  },
  patience(60_000),
);
