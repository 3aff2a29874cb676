import type { Agent } from '../core/agent.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';

/** Gemini CLI (seen at 0.61.0). Its opening phrase names no product, so the tools have to stand beside it. */
export const geminiCli: Agent = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^GeminiCLI/i)) return SURE.header;
    return bodyConfidence(clues.bodyStart, {
      phrases: [],
      tools: ['run_shell_command', 'google_web_search', 'write_todos', 'enter_plan_mode', 'activate_skill'],
    });
  },
};
