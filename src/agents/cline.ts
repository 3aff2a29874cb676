import type { Agent } from '../core/agent.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';

/** Cline, CLI and extension (CLI seen at 3.0.65). Its headers name the AI SDK only; sub-agents have its tools, not its prompt. */
export const cline: Agent = {
  id: 'cline',
  name: 'Cline',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^cline\//i) || headerMatches(clues, 'x-title', /^cline$/i))
      return SURE.header;
    return bodyConfidence(clues.bodyStart, {
      phrases: ['You are Cline, an AI coding agent', 'You are Cline, a highly skilled software engineer'],
      tools: ['read_files', 'search_codebase', 'run_commands', 'fetch_web_content'],
    });
  },
};
