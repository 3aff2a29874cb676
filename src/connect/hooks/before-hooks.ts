import { PROVIDER_ORIGINS, readDirectUrl, readRelayUrl } from '../../agents/relay-url.ts';
import type { Agent } from '../../core/agent.ts';
import type { Places } from '../../core/connection.ts';
import { readAgentFile } from '../agent-file.ts';
import { disconnectAgent, planDisconnection } from '../disconnect-agent.ts';
import { openJournal } from '../journal.ts';

/** The provider that the agent's own file leads to; undefined where it leads to none that is known. Never throws. */
export function providerInUse(agent: Agent, places: Places): string | undefined {
  const read = readAgentFile(agent, places);
  if (!read.ok) return undefined;
  const { connection } = agent;
  for (const { inUse, current, direct } of read.found.slots) {
    const variable = connection?.variable === undefined ? undefined : places.env[connection.variable];
    const url = current ?? variable ?? direct;
    if (!inUse || url === undefined) continue;
    const known = (readRelayUrl(url) ?? readDirectUrl(url, PROVIDER_ORIGINS))?.providerId;
    if (known !== undefined) return known;
  }
  return undefined;
}

/**
 * Takes hooks of an earlier time away, which name another provider or program. False where there are none, or they cannot be
 * taken away: planning then says what is in the way. Never throws.
 */
export function takeBackHooks(agentId: string, home: string, now: number): boolean {
  let any = false;
  try {
    for (const connected of openJournal(home).open()) {
      if (connected.agentId !== agentId || connected.what !== 'hooks') continue;
      const plan = planDisconnection(connected);
      if (plan.kind !== 'blocked') any = disconnectAgent(plan, { home, now }).ok || any;
    }
  } catch {
    // The journal cannot be read.
  }
  return any;
}
