import type { Agent } from '../core/agent.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';

/** Kilo Code, CLI and extension (CLI seen at 7.7.9). A fork of OpenCode: tools in common are no clue. */
export const kiloCode: Agent = {
  id: 'kilo-code',
  name: 'Kilo Code',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^kilo(?:-code)?\//i)) return SURE.header;
    if (headerMatches(clues, 'x-title', /^kilo code$/i)) return SURE.header;
    if (headerMatches(clues, 'http-referer', /^https:\/\/kilocode\.ai/i)) return SURE.header;
    return bodyConfidence(clues.bodyStart, {
      phrases: ['You are Kilo, a highly skilled software engineer'],
      tools: ['kilo_local_recall', 'background_process', 'board_post'],
    });
  },
};
