import { describe, expect, test, vi } from 'vitest';
import { createRetryMemory } from '../../src/agents/retries.ts';
import { readTurn, scopeTurn, type TurnKind } from '../../src/agents/turn-kind.ts';
import type { Headers } from '../../src/core/provider.ts';
import { write, type Exchange } from './requests.ts';

const NOBODY: Headers = [['User-Agent', 'node']];
const CLINE = ['read_files', 'run_commands', 'search_codebase'];

interface Case {
  readonly what: string;
  readonly kind: TurnKind;
  readonly author?: 'user' | 'model' | 'schedule' | 'agent';
  readonly told: Exchange;
  readonly headers?: Headers;
}

/** Own fixtures, after the shapes that agents were seen to send. */
const CASES: readonly Case[] = [
  { what: 'a prompt', kind: 'user-turn', told: { user: ['Fix it.'] } },
  { what: 'a prompt without tools', kind: 'user-turn', told: { user: ['Fix it.'], tools: [] } },
  { what: 'a step after a tool call', kind: 'tool-result', told: { user: ['Fix it.'], steps: 1 } },
  {
    what: 'a session’s name',
    kind: 'title',
    told: { system: 'You are naming a coding session so the user …', user: ['<session>Fix it.</session>'], tools: [] },
  },
  {
    what: 'a thread’s title',
    kind: 'title',
    told: { system: 'You are a title generator. You output ONLY a thread title. Nothing', user: ['x'], tools: [] },
  },
  {
    what: 'a safety check',
    kind: 'classifier',
    told: { system: 'You are a security monitor for autonomous AI coding agents.', user: ['<transcript>'], tools: [] },
  },
  {
    what: 'a summary asked in the user’s name',
    kind: 'compaction',
    told: {
      user: ['Your task is to create a detailed summary of the conversation so far, paying'],
      earlier: [['Fix it.']],
    },
  },
  {
    what: 'a summary asked in the system prompt',
    kind: 'compaction',
    told: { system: 'You are a context summarization assistant. Your task', user: ['…'], tools: [] },
  },
  {
    what: 'a checkpoint',
    kind: 'compaction',
    told: { user: ['You are performing a CONTEXT CHECKPOINT COMPACTION. Create'], earlier: [['Fix it.']] },
  },
  {
    what: 'a helper by its header',
    kind: 'sub-agent',
    author: 'model',
    told: { user: ['List the files.'], steps: 1 },
    headers: [['X-Claude-Code-Agent-Id', 'a1']],
  },
  {
    what: 'a helper by its parent’s session',
    kind: 'sub-agent',
    author: 'model',
    told: { user: ['List the files.'] },
    headers: [['x-parent-session-id', 'ses_1']],
  },
  {
    what: 'a helper by its billing line',
    kind: 'sub-agent',
    author: 'model',
    told: { system: 'x-anthropic-billing-header: cc_version=2; cc_is_subagent=true;', user: ['List.'] },
  },
  {
    what: 'a helper by what it lacks',
    kind: 'sub-agent',
    author: 'model',
    told: { system: 'You review code.', user: ['List.'], tools: CLINE },
  },
  {
    what: 'the session that could start such helpers',
    kind: 'user-turn',
    told: { system: 'You are Cline, an AI coding agent.', user: ['List.'], tools: [...CLINE, 'team_task'] },
  },
  {
    what: 'a helper’s task',
    kind: 'sub-agent',
    author: 'model',
    told: { user: ['[Sun 2026-11-22 07:32 UTC] [Subagent Context] depth 1\n\n[Subagent Task]: List.'] },
  },
  {
    what: 'a heartbeat',
    kind: 'heartbeat',
    author: 'schedule',
    told: {
      user: ['[Sun 2026-11-22 07:32 UTC] Follow the heartbeat monitor scratch context when provided. Recurring …'],
    },
  },
  {
    what: 'a heartbeat of an older version',
    kind: 'heartbeat',
    author: 'schedule',
    told: {
      user: ['Read HEARTBEAT.md if it exists (workspace context). Follow it strictly.\nCurrent time: now (UTC)'],
    },
  },
  {
    what: 'a step of a heartbeat',
    kind: 'tool-result',
    author: 'schedule',
    told: { user: ['Read HEARTBEAT.md if it exists (workspace context).'], steps: 1 },
  },
  {
    what: 'a scheduled job',
    kind: 'cron',
    author: 'schedule',
    told: { user: ['[cron:7 morning] Write the news.\nCurrent time: now (UTC)'] },
  },
  {
    what: 'a scheduled job whose prompt has the heading of a helper’s',
    kind: 'cron',
    author: 'schedule',
    told: {
      system: 'You are a personal assistant running inside OpenClaw.\n## Subagent Context\nFor every entry …',
      user: ['[cron:7 morning] Write the news.'],
    },
  },
  {
    what: 'a reminder that fell due',
    kind: 'cron',
    author: 'schedule',
    told: { user: ['A scheduled reminder has been triggered. The reminder content is:\n\nTea.'] },
  },
  {
    what: 'a message sent again by the agent',
    kind: 'retry',
    told: { user: ['[Queued user message from a previous active turn; preserved as context only.]\nFix it.'] },
  },
  {
    what: 'news of a helper that ended',
    kind: 'tool-result',
    told: {
      user: ['Fix it.'],
      steps: 1,
      after: [
        '<system-reminder>\n[SYSTEM NOTIFICATION - NOT USER INPUT]\n<task-notification>…</task-notification>\n</system-reminder>',
      ],
    },
  },
];

describe.each(['anthropic-messages', 'openai-chat'] as const)('in the dialect %s', (dialect) => {
  test.each(CASES.map((one) => [one.what, one] as const))('%s is told', (_, { kind, author, told, headers }) => {
    const turn = readTurn({ headers: headers ?? NOBODY, body: write(dialect, told), dialect });
    expect(turn.kind).toBe(kind);
    expect(turn.author).toBe(author ?? 'user');
  });
});

test.each(CASES.filter(({ told }) => told.after === undefined).map((one) => [one.what, one] as const))(
  '%s is told with a block of the agent’s own behind it',
  (_, { kind, author, told, headers }) => {
    const after = ['<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\nnone\n<<<END_OPENCLAW_INTERNAL_CONTEXT>>>'];
    const body = write('openai-chat', { ...told, after });
    const turn = readTurn({ headers: headers ?? NOBODY, body, dialect: 'openai-chat' });
    expect(turn.kind).toBe(kind);
    expect(turn.author).toBe(author ?? 'user');
  },
);

test('a job’s own words are its text, without the rules that its scheduler adds', () => {
  const user = [
    '[cron:7 morning] Write the news.\nCurrent time: Sunday (UTC)\nReference UTC: 2026-11-22 16:04 UTC\n\nThis is an unattended scheduled run. Nobody is present.\n\nUse the message tool.\n\nRuntime: agent=main | session=agent:main:cron:7 | host=vm',
  ];
  const turn = readTurn({ headers: NOBODY, body: write('openai-chat', { user }), dialect: 'openai-chat' });
  expect(turn).toMatchObject({ kind: 'cron', text: 'Write the news.' });
});

test('a job’s own words are its text', () => {
  const body = write('openai-chat', { user: ['[cron:7 morning] Write the news.\nCurrent time: now (UTC)'] });
  expect(readTurn({ headers: NOBODY, body, dialect: 'openai-chat' }).text).toBe('Write the news.');
});

test('a warming request is told in both of its forms', () => {
  const generate = { generate: false, input: 'hi' };
  expect(readTurn({ headers: NOBODY, body: generate, dialect: 'openai-responses' }).kind).toBe('prewarm');
  const quota = { max_tokens: 1, messages: [{ role: 'user', content: 'quota' }] };
  expect(readTurn({ headers: NOBODY, body: quota, dialect: 'anthropic-messages' }).kind).toBe('prewarm');
});

test('a repetition is a retry whatever it repeats', () => {
  const body = write('openai-chat', { user: ['Fix it.'], steps: 1 });
  expect(readTurn({ headers: NOBODY, body, dialect: 'openai-chat', repeated: true }).kind).toBe('retry');
});

describe('a request that failed', () => {
  test('is a retry when it is sent again within two and a half minutes of its last failure', () => {
    const memory = createRetryMemory();
    expect(memory.repeats(() => 'a', 0)).toBe(false);
    memory.failed('a', 0);
    expect(memory.repeats(() => 'a', 100_000)).toBe(true);
    expect(memory.repeats(() => 'b', 100_000)).toBe(false);
    memory.failed('a', 100_000);
    expect(memory.repeats(() => 'a', 250_000)).toBe(true);
    expect(memory.repeats(() => 'a', 250_001)).toBe(false);
  });

  test('is a new turn once it went through', () => {
    const memory = createRetryMemory();
    memory.failed('a', 0);
    memory.passed(() => 'a');
    expect(memory.repeats(() => 'a', 1)).toBe(false);
  });

  test('costs nobody a fingerprint while nothing failed lately', () => {
    const memory = createRetryMemory();
    const fingerprint = vi.fn<() => string>(() => 'a');
    memory.passed(fingerprint);
    expect(memory.repeats(fingerprint, 0)).toBe(false);
    memory.failed('b', 0);
    expect(memory.repeats(fingerprint, 150_001)).toBe(false);
    expect(fingerprint).not.toHaveBeenCalled();
  });

  test('is forgotten after 256 others', () => {
    const memory = createRetryMemory();
    memory.failed('a', 0);
    for (let i = 0; i < 256; i++) memory.failed(String(i), 0);
    expect(memory.repeats(() => 'a', 1)).toBe(false);
  });
});

test.each([
  ['user-turn', 'user', 'user-turn'],
  ['sub-agent', 'model', 'sub-agent'],
  ['heartbeat', 'schedule', 'scheduled'],
  ['cron', 'schedule', 'scheduled'],
  ['tool-result', 'user', 'side'],
  ['title', 'user', 'side'],
  ['retry', 'user', 'side'],
] as const)('%s by %s is %s for the scope engine', (kind, author, wanted) => {
  expect(scopeTurn({ kind, author })).toBe(wanted);
});
