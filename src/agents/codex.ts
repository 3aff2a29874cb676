import type { Agent } from '../core/agent.ts';
import { header } from '../core/provider.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';

/** OpenAI Codex, CLI and extension (CLI seen at 0.169.0). */
export const codex: Agent = {
  id: 'codex',
  name: 'Codex',
  recognise(clues) {
    if (headerMatches(clues, 'originator', /^codex(?:[_\s-]|$)/i)) return SURE.header;
    if (headerMatches(clues, 'user-agent', /^codex[_-]/i)) return SURE.header;
    if (header(clues.headers, 'x-codex-turn-metadata') !== undefined) return SURE.header;
    return bodyConfidence(clues.bodyStart, {
      phrases: ['You are a coding agent running in the Codex CLI', 'You are Codex, based on GPT'],
      tools: ['exec_command', 'write_stdin', 'request_user_input'],
    });
  },
};
