import { expect, test } from 'vitest';
import { claudeCodeTranscript } from '../../src/agents/transcripts/claude-code.ts';
import { transcriptSources } from '../../src/agents/transcripts/list.ts';
import { withPrompts } from '../../src/transcripts/with-prompts.ts';

const NOW = Date.parse('2026-11-22T12:00:00.000Z');

function line(content: unknown, change: Readonly<Record<string, unknown>> = {}): string {
  const timestamp = new Date(NOW).toISOString();
  return JSON.stringify({ type: 'user', sessionId: 's', timestamp, message: { role: 'user', content }, ...change });
}

function read(...lines: readonly string[]): readonly unknown[] {
  const source = withPrompts(claudeCodeTranscript, NOW - 1000);
  if (source.kind !== 'lines') throw new Error('no lines');
  const reader = source.createReader(undefined);
  return lines.flatMap((each) => reader.line(each));
}

test('without leave, no words leave a reader', () => {
  for (const [, source] of transcriptSources) {
    if (source.kind !== 'lines') continue;
    const reader = source.createReader(undefined);
    expect(reader.line(line('Book me a flight.'))).toEqual([]);
  }
});

test('what a person typed is read, as text or as blocks, without what the agent put around it', () => {
  const typed = [
    line('Book me a flight.'),
    line([{ type: 'text', text: '<system-reminder>x</system-reminder>Add a test.' }]),
  ];
  expect(read(...typed)).toEqual(
    ['Book me a flight.', 'Add a test.'].map((text) => ({
      kind: 'prompt',
      prompt: { at: NOW, sessionId: 's', text, scheduled: false },
    })),
  );
});

test.each([
  ['results of tools', line([{ type: 'tool_result', tool_use_id: 'x', content: 'Book me a flight.' }])],
  ['results of tools beside the text', line('Book me a flight.', { toolUseResult: { stdout: '' } })],
  ['what the program put in', line('Book me a flight.', { isMeta: true })],
  ['turns of helpers', line('Book me a flight.', { isSidechain: true })],
  ['summaries', line('Book me a flight.', { isCompactSummary: true })],
  ['notices of finished helpers', line('<task-notification>done</task-notification>')],
  ['what was written before', line('Book me a flight.', { timestamp: new Date(NOW - 5000).toISOString() })],
  ['lines that are none', '{"type":"user"'],
  ['lines without a time', line('Book me a flight.', { timestamp: 7 })],
])('%s are no prompts', (_, text) => {
  expect(read(text)).toEqual([]);
});

test('figures are read as before', () => {
  const usage = { input_tokens: 1, output_tokens: 2 };
  const answer = { type: 'assistant', requestId: 'r', message: { id: 'm', model: 'x', role: 'assistant', usage } };
  expect(read(JSON.stringify({ ...answer, sessionId: 's', timestamp: new Date(NOW).toISOString() }))).toMatchObject([
    { kind: 'turn', turn: { id: 'm:r' } },
  ]);
});
