import type { Agent } from '../core/agent.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';

/** OpenCode (seen at 1.18.33). Its tools have everyday names that others share, so they are no clue. */
export const opencode: Agent = {
  id: 'opencode',
  name: 'OpenCode',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^opencode\//i)) return SURE.header;
    if (headerMatches(clues, 'originator', /^opencode$/i)) return SURE.header;
    return bodyConfidence(clues.bodyStart, {
      phrases: [
        'You are opencode, an interactive CLI tool',
        'You are OpenCode, the best coding agent on the planet.',
        'You are OpenCode, You and the user share the same workspace',
      ],
      tools: [],
    });
  },
};
