import { text } from '../../core/text.ts';
import type { AgentHook } from '../../core/hook.ts';
import { variable } from '../config-folder.ts';
import { asRecord, asText } from '../conversation.ts';
import { providerAt, readPrompt } from './prompt-texts.ts';

/**
 * Prompts that the program submits itself, in the user's name: finished background agents, wake-ups of its own loop, words
 * of other sessions, team mates and channels (marks read in 2.1.330).
 */
const NOT_TYPED =
  /^\s*(?:<(?:task-notification|cross-session-message|teammate-message|channel)[\s>]|<<autonomous-loop(?:-dynamic)?>>)/;

/**
 * `hooks.UserPromptSubmit` of settings.json (code.claude.com/docs/en/hooks; seen at 2.1.330): JSON on stdin, `decision` and
 * `reason` on stdout stop the prompt before any request, `systemMessage` is shown beside the answer. The variables of the
 * settings' own `env` stand in the hook's environment.
 */
export const claudeCodeHook: AgentHook = {
  agentId: 'claude-code',
  tools: ['Read', 'Edit', 'Write', 'Bash', 'Grep'],
  read(input, env) {
    const { hook_event_name: event, prompt, session_id: session } = asRecord(input);
    if (event !== 'UserPromptSubmit' || typeof prompt !== 'string') return undefined;
    const providerId = env['ANTHROPIC_BASE_URL'] === undefined ? undefined : providerAt(env['ANTHROPIC_BASE_URL']);
    const turn = NOT_TYPED.test(prompt) ? ({ text: '', kind: 'side' } as const) : readPrompt(prompt);
    return { ...turn, session: asText(session) || undefined, providerId };
  },
  reply: (says) => replyLikeClaude(says),
  install: (places, program) => [
    {
      kind: 'entry',
      files: [
        {
          path: `${variable(places, 'CLAUDE_CONFIG_DIR') ?? `${places.userHome}/.claude`}/settings.json`,
          format: 'jsonc',
        },
      ],
      path: ['hooks', 'UserPromptSubmit'],
      value: { hooks: [{ type: 'command', command: program.shellLine('claude-code'), timeout: 5 }] },
    },
  ],
  notes: [
    text(
      'Start Claude Code again to be sure that it has the hook; /hooks lists it.',
      '请重新启动 Claude Code 以确保它加载了此钩子；可用 /hooks 查看。',
    ),
    text(
      'Scheduled prompts of a loop that arrive as plain text cannot be told from typed ones.',
      '循环任务中以纯文本到达的定时提示无法与手动输入的提示区分。',
    ),
  ],
};

/** The answer of this hook; Codex took the same form over. */
export function replyLikeClaude(says: Parameters<AgentHook['reply']>[0]): string {
  if (says === undefined) return '';
  return JSON.stringify(says.act === 'block' ? { decision: 'block', reason: says.text } : { systemMessage: says.text });
}
