import { agents } from '../agents/list.ts';
import { inspectAgent, type AgentState } from '../connect/inspect-agent.ts';
import type { CommandIo } from './command.ts';
import { placesOf } from './places.ts';

/** One line for each agent: how it stands on this machine. */
export function listAgents(io: CommandIo): number {
  const places = placesOf(io);
  const states = agents.map((agent) => inspectAgent(agent, places, { folder: process.cwd() }));
  const width = Math.max(...states.map(({ agentId }) => agentId.length));
  for (const state of states) io.out(`${state.agentId.padEnd(width)}  ${agentLine(state)}\n`);
  return 0;
}

/** `relay -> zai (provider zai-coding-plan)` */
export function agentLine({ state, addresses, file, message }: AgentState): string {
  switch (state) {
    case 'connected':
      return addresses
        .filter(({ leads }) => leads === 'relay')
        .map(({ providerId, label, port }) => `relay on port ${port} -> ${providerId} (${label})`)
        .join(', ');
    case 'direct':
      return 'direct';
    case 'by-hand':
      return 'by hand: its settings lie in no file';
    case 'absent':
      return `not found (${file})`;
    case 'unreadable':
      return message ?? 'its file cannot be read';
    default:
      return state satisfies never;
  }
}
