import type { AgentStatusLine } from '../../core/status-line.ts';
import { claudeCodeStatusLine } from './claude-code.ts';

/** Agents that run a command for their status line. A new one is a file here and a line in this list. */
export const statusLines: readonly AgentStatusLine[] = [claudeCodeStatusLine];

/** Undefined where the agent has none; the first of the list where no agent is named. */
export function findStatusLine(agentId: string | undefined): AgentStatusLine | undefined {
  return agentId === undefined ? statusLines[0] : statusLines.find((each) => each.agentId === agentId);
}
