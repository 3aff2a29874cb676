import type { AgentState } from '../connect/inspect-agent.ts';
import type { inspectAgents } from './inspect-agents.ts';

/** How the coding agents stand on this machine, as last looked. */
export interface Machine {
  /** Empty before the first look. */
  states(): readonly AgentState[];
  /** Loads what looks; before that `look` does nothing. */
  ready(): Promise<void>;
  /** Reads the agents' own files again. */
  look(): void;
}

/** Looks only when asked: a dozen small files, but they are other programs'. `folder` is the project that may override them. */
export function createMachine(folder: () => string | undefined): Machine {
  let inspect: typeof inspectAgents | undefined;
  let states: readonly AgentState[] = [];
  return {
    states: () => states,
    async ready() {
      inspect = (await import('./inspect-agents.ts')).inspectAgents;
    },
    look() {
      states = inspect?.(folder()) ?? states;
    },
  };
}
