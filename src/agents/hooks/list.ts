import type { AgentHook } from '../../core/hook.ts';
import { claudeCodeHook } from './claude-code.ts';
import { clineFileHook, clineHook } from './cline.ts';
import { codexHook } from './codex.ts';
import { kiloCodeHook } from './kilo-code.ts';
import { openclawHook } from './openclaw.ts';
import { opencodeHook } from './opencode.ts';

/** Every agent with a hook of its own. A new one is a file here and a line in this list. */
export const agentHooks: readonly AgentHook[] = [
  claudeCodeHook,
  clineHook,
  kiloCodeHook,
  opencodeHook,
  openclawHook,
  codexHook,
];

/** Further forms of answer, by the name the program is called with. */
const FORMS: Readonly<Record<string, AgentHook>> = { 'cline-file': clineFileHook };

/** Undefined where no agent has a hook by this name. */
export function findHook(name: string): AgentHook | undefined {
  return FORMS[name] ?? agentHooks.find(({ agentId }) => agentId === name);
}
