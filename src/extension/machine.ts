import { agents } from '../agents/list.ts';
import { inspectAgent } from '../connect/inspect-agent.ts';
import type { AgentState } from '../connect/inspect-agent.ts';
import { placesHere } from './places.ts';

/** How the coding agents stand on this machine, as last looked. */
export interface Machine {
  /** Empty before the first look. */
  states(): readonly AgentState[];
  /** Reads the agents' own files again. */
  look(): void;
}

/** Looks only when asked: a dozen small files, but they are other programs'. `folder` is the project that may override them. */
export function createMachine(folder: () => string | undefined): Machine {
  let states: readonly AgentState[] = [];
  return {
    states: () => states,
    look() {
      const places = placesHere();
      const project = folder();
      const options = project === undefined ? {} : { folder: project };
      states = agents.map((agent) => inspectAgent(agent, places, options));
    },
  };
}
