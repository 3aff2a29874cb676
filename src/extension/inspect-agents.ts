import { agents } from '../agents/list.ts';
import { inspectAgent } from '../connect/inspect-agent.ts';
import type { AgentState } from '../connect/inspect-agent.ts';
import { placesHere } from './places.ts';

/** How every agent stands on this machine now. `folder` is the project whose own settings are looked at too. */
export function inspectAgents(folder: string | undefined): readonly AgentState[] {
  const places = placesHere();
  const options = folder === undefined ? {} : { folder };
  return agents.map((agent) => inspectAgent(agent, places, options));
}
