import { text } from '../../core/text.ts';
import type { AgentHook } from '../../core/hook.ts';
import { variable } from '../config-folder.ts';
import { asRecord, asText } from '../conversation.ts';
import { replyLikeClaude } from './claude-code.ts';
import { readPrompt } from './prompt-texts.ts';

/**
 * `UserPromptSubmit` in hooks.json (developers.openai.com/codex/hooks, read 2026-11; seen at 0.169.0). A new hook is
 * skipped without a word until the user trusts it in the terminal program.
 */
export const codexHook: AgentHook = {
  agentId: 'codex',
  tools: ['exec_command', 'write_stdin', 'view_image'],
  read(input) {
    const { hook_event_name: event, prompt, session_id: session } = asRecord(input);
    if (event !== 'UserPromptSubmit' || typeof prompt !== 'string') return undefined;
    return { ...readPrompt(prompt), session: asText(session) || undefined, providerId: undefined };
  },
  reply: (says) => replyLikeClaude(says),
  install: (places, program) => [
    {
      kind: 'entry',
      files: [{ path: `${variable(places, 'CODEX_HOME') ?? `${places.userHome}/.codex`}/hooks.json`, format: 'json' }],
      path: ['hooks', 'UserPromptSubmit'],
      value: { hooks: [{ type: 'command', command: program.shellLine('codex'), timeout: 5 }] },
    },
  ],
  notes: [
    text(
      'Codex runs a new hook only once you have trusted it: start "codex" in a terminal and choose to trust it, or open /hooks there.',
      'Codex 只在您信任新钩子之后才运行它：请在终端中启动 "codex" 并选择信任，或在其中打开 /hooks。',
    ),
  ],
};
