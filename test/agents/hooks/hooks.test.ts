import { describe, expect, test } from 'vitest';
import { agentHooks, findHook } from '../../../src/agents/hooks/list.ts';
import { agents } from '../../../src/agents/list.ts';
import type { HookProgram } from '../../../src/core/hook.ts';

const PROGRAM: HookProgram = {
  launcher: '/home/u/.planward/hooks/planward-hook',
  shellLine: (name) => `'/home/u/.planward/hooks/planward-hook' ${name} 2>/dev/null || true`,
  folder: '/home/u/.planward/hooks',
  askUrl: 'file:///home/u/.planward/hooks/ask.mjs',
  providerId: 'zai',
};
const PLACES = { env: {}, userHome: '/home/u', platform: 'linux' } as const;

/** A prompt as each agent hands it over (seen with the versions that test/agents runs). */
const INPUTS: Readonly<Record<string, (prompt: string) => unknown>> = {
  'claude-code': (prompt) => ({ hook_event_name: 'UserPromptSubmit', session_id: 's1', cwd: '/w', prompt }),
  codex: (prompt) => ({ hook_event_name: 'UserPromptSubmit', session_id: 's1', cwd: '/w', model: 'm', prompt }),
  cline: (prompt) => ({
    plugin: 'beforeRun',
    taskId: 's1',
    parent_agent_id: null,
    prompt: `<user_input mode="act">${prompt}</user_input>`,
  }),
  'kilo-code': (prompt) => ({ prompt: `"${prompt}"`, sessionID: 's1', providerID: 'zai-coding-plan' }),
  opencode: (prompt) => ({ prompt, sessionID: 's1', providerID: 'zai-coding-plan' }),
  openclaw: (prompt) => ({ prompt, sessionId: 's1', providerID: 'plan', trigger: 'user' }),
};

describe.each(agentHooks.map((hook) => [hook.agentId, hook] as const))('the hook of %s', (agentId, hook) => {
  const input = INPUTS[agentId]!;

  test('is of an agent in the list', () => {
    expect(agents.map(({ id }) => id)).toContain(agentId);
  });

  test('gives the user’s own words, and the session', () => {
    expect(hook.read(input('Fix the test.'), {})).toMatchObject({
      text: 'Fix the test.',
      kind: 'user-turn',
      session: 's1',
    });
  });

  test.each([undefined, null, 3, 'text', [], {}, { prompt: 7 }, { hook_event_name: 'Stop', userPromptSubmit: 4 }])(
    'takes %j for no prompt',
    (strange) => {
      expect(hook.read(strange, {})).toBeUndefined();
    },
  );

  test('says nothing where nothing is to be said', () => {
    expect(hook.reply(undefined)).toBe('');
  });

  test('says why where it stops or warns', () => {
    for (const act of ['block', 'warn'] as const) {
      expect(JSON.parse(hook.reply({ act, text: 'Because "x".' }))).toBeTypeOf('object');
      expect(hook.reply({ act, text: 'Because "x".' })).toContain(JSON.stringify('Because "x".'));
    }
  });

  test('is installed by pieces that name our program, or a file of ours that does', () => {
    const pieces = hook.install(PLACES, PROGRAM);
    expect(pieces.length).toBeGreaterThan(0);
    const own = Object.values(hook.ownFiles?.(PROGRAM) ?? {}).join('\n');
    expect(`${JSON.stringify(pieces)}${own}`).toMatch(/planward-hook|hooks\/ask\.mjs/);
    for (const text of Object.values(hook.ownFiles?.(PROGRAM) ?? {})) expect(text.endsWith('\n')).toBe(true);
  });
});

test('prompts that Claude Code submits itself are no user turns', () => {
  const hook = findHook('claude-code')!;
  for (const prompt of [
    '<task-notification>\n<task-id>b1</task-id>\nPlan a trip\n</task-notification>',
    '<cross-session-message from="x">Plan a trip</cross-session-message>',
    '<<autonomous-loop-dynamic>>',
  ]) {
    expect(hook.read(INPUTS['claude-code']!(prompt), {})).toMatchObject({ kind: 'side', text: '' });
  }
});

test('Claude Code’s own variables say whose terms hold, through the relay too', () => {
  const read = (url: string) =>
    findHook('claude-code')!.read(INPUTS['claude-code']!('x'), { ANTHROPIC_BASE_URL: url })?.providerId;
  expect(read('https://api.z.ai/api/anthropic')).toBe('zai');
  expect(read('http://127.0.0.1:7526/@claude-code/kimi/coding')).toBe('kimi');
  expect(read('https://gateway.example/v1')).toBeUndefined();
});

test('a sub-agent’s prompt, and a scheduled one, are told from a user’s', () => {
  expect(findHook('cline')!.read({ plugin: 'beforeRun', prompt: 'x', parent_agent_id: 'a1' }, {})?.kind).toBe(
    'sub-agent',
  );
  for (const trigger of ['cron', 'heartbeat']) {
    expect(findHook('openclaw')!.read({ prompt: 'Check the mail', trigger }, {})?.kind).toBe('scheduled');
  }
});

test('Cline’s hook file answers in its own form, and always answers', () => {
  const file = findHook('cline-file')!;
  expect(JSON.parse(file.reply(undefined))).toEqual({ cancel: false, contextModification: '', errorMessage: '' });
  expect(JSON.parse(file.reply({ act: 'warn', text: 'w' }))).toMatchObject({ cancel: false });
  expect(JSON.parse(file.reply({ act: 'block', text: 'b' }))).toMatchObject({ cancel: true, errorMessage: 'b' });
  expect(file.read({ userPromptSubmit: { prompt: 'Fix it', attachments: [] }, taskId: 't' }, {})).toMatchObject({
    text: 'Fix it',
  });
});
