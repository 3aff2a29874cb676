import type { Agent, AgentClues } from '../core/agent.ts';
import { claudeCodeRouter } from './claude-code-router.ts';
import { claudeCode } from './claude-code.ts';
import { SURE, toolNamesIn } from './clue.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { continueDev } from './continue.ts';
import { geminiCli } from './gemini-cli.ts';
import { kiloCode } from './kilo-code.ts';
import { openclaw } from './openclaw.ts';
import { opencode } from './opencode.ts';
import { rooCode } from './roo-code.ts';

/** Every coding agent Planward can tell. A new one is a file here and a line in this list. */
export const agents: readonly Agent[] = [
  claudeCode,
  cline,
  kiloCode,
  openclaw,
  opencode,
  codex,
  geminiCli,
  rooCode,
  continueDev,
  claudeCodeRouter,
];

/** Below this nobody is named: a wrong name is worse than none. */
export const NAMED_FROM = 0.5;

export interface Recognition {
  /** `unknown` where no agent reached `NAMED_FROM`. */
  readonly agentId: string;
  /** 0..1, of the best guess, named or not. */
  readonly confidence: number;
}

/**
 * Who sends this request. The most confident agent is named; two that are equally sure without a header are nobody. The body is
 * searched only where no header names one: nothing it says could weigh more.
 */
export function recogniseAgent({ headers, bodyStart }: AgentClues): Recognition {
  const byHead = mostConfident({ headers, bodyStart: '' });
  if (bodyStart === '' || byHead.confidence >= SURE.header) return byHead;
  return mostConfident({ headers, bodyStart, toolNames: toolNamesIn(bodyStart) });
}

function mostConfident(clues: AgentClues): Recognition {
  let best: Recognition = { agentId: 'unknown', confidence: 0 };
  let tied = false;
  for (const agent of agents) {
    const confidence = agent.recognise(clues);
    if (confidence > best.confidence) {
      best = { agentId: agent.id, confidence };
      tied = false;
    } else if (confidence === best.confidence) tied = true;
  }
  return best.confidence < NAMED_FROM || tied ? { agentId: 'unknown', confidence: best.confidence } : best;
}

/** The name people know an agent by; an id nobody knows (a path prefix of the user's own) is its own name. */
export function agentName(id: string): string {
  return agents.find((agent) => agent.id === id)?.name ?? (id === 'unknown' ? 'Unknown agent' : id);
}

/** Undefined where no agent has this id. */
export function findAgent(id: string): Agent | undefined {
  return agents.find((agent) => agent.id === id);
}
