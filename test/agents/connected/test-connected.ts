import type { Check } from '../real/expectations.ts';
import type { ConnectedAgent } from './connected-agent.ts';
import { holdConnected } from './connected-session.ts';
import { judgeConnected } from './judge-connected.ts';

const SESSION_LIMIT_MS = 90_000;

/** Connects an agent with our own command, holds two sessions, disconnects it, and judges. */
export function testConnected(agent: ConnectedAgent, installedIn: string): Promise<readonly Check[]> {
  return holdConnected(agent, installedIn, SESSION_LIMIT_MS, judgeConnected);
}
