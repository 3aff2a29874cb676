import type { Agent } from '../core/agent.ts';
import { header } from '../core/provider.ts';
import { claudeCodeConnection } from './claude-code-config.ts';
import { bodyConfidence, headerMatches, SURE } from './clue.ts';
import { asRecord, asText } from './conversation.ts';

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
    return bodyConfidence(clues, CLAUDE_CODE_BODY);
  },
  turns: {
    title: { system: ['You are naming a coding session'] },
    classifier: { system: ['You are a security monitor for autonomous AI coding agents.'] },
    compaction: {
      text: [
        'Your task is to create a detailed summary of the conversation so far',
        'Your task is to create a detailed summary of this conversation.',
        'Your task is to create a detailed summary of the RECENT portion of the conversation',
      ],
    },
    subAgent: {
      headers: ['x-claude-code-agent-id'],
      system: ['cc_is_subagent=true', 'You are an agent for Claude Code,'],
    },
  },
  session: {
    headers: ['x-claude-code-session-id'],
    ofBody: sessionOfUserId,
    folderAfter: ['Primary working directory: ', 'Working directory: '],
  },
  refusal: { kind: 'error', status: 402 },
  patience: {
    answerMs: 600_000,
    retryAfter: 'short',
    source: 'seen at 2.1.330, Nov 2026: X-Stainless-Timeout 600; a Retry-After of 3 s is obeyed, at 90 s it gives up',
  },
  connection: claudeCodeConnection,
};

/** What its requests say of themselves, also when a router sends them on. No other agent has three of these tools. */
export const CLAUDE_CODE_BODY = {
  phrases: [
    "You are Claude Code, Anthropic's official CLI for Claude.",
    'x-anthropic-billing-header: cc_version=',
    'You are a security monitor for autonomous AI coding agents.',
  ],
  tools: ['ToolSearch', 'ReportFindings', 'ScheduleWakeup'],
} as const;

/**
 * Session in `metadata.user_id`: a JSON text with `session_id` (seen at 2.1.330), before that `…_session_<uuid>`. It is there
 * also where a gateway dropped the header.
 */
function sessionOfUserId(body: Readonly<Record<string, unknown>>): string | undefined {
  const userId = asText(asRecord(body['metadata'])['user_id']);
  return /"session_id":"([\w-]+)"/.exec(userId)?.[1] ?? /_session_([\w-]+)$/.exec(userId)?.[1];
}
