import type { Agent } from '../core/agent.ts';
import { header } from '../core/provider.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';

/**
 * Claude Code: CLI, TUI, `-p`, sub-agents and its VS Code extension (one program, seen at 2.1.330). Behind
 * claude-code-router only the body still names it.
 */
export const claudeCode: Agent = {
  id: 'claude-code',
  name: 'Claude Code',
  recognise(clues) {
    if (headerMatches(clues, 'user-agent', /^claude-(?:cli|code)\//i)) return SURE.header;
    if (header(clues.headers, 'x-claude-code-session-id') !== undefined) return SURE.header;
    return bodyConfidence(clues.bodyStart, {
      phrases: [
        "You are Claude Code, Anthropic's official CLI for Claude.",
        'x-anthropic-billing-header: cc_version=',
        'You are a security monitor for autonomous AI coding agents.',
      ],
      // No other agent has all three of these.
      tools: ['ToolSearch', 'ReportFindings', 'ScheduleWakeup'],
    });
  },
};
