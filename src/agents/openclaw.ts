import type { Agent } from '../core/agent.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';

/** OpenClaw (seen at 2026.9.6). Nothing in its headers names it; its system prompt opens with an HTML comment. */
export const openclaw: Agent = {
  id: 'openclaw',
  name: 'OpenClaw',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^openclaw\//i)) return SURE.header;
    return bodyConfidence(clues.bodyStart, {
      phrases: ['You are a personal assistant running inside OpenClaw', '<!-- openclaw:attempt:'],
      tools: ['openclaw', 'sessions_yield', 'tool_describe', 'tool_search'],
    });
  },
};
