import { claudeCode } from './claude-code.ts';
import { cline } from './cline.ts';

/** What a launch needs to know. */
export interface Launch {
  /** Folder with the agent's `node_modules`. */
  readonly installedIn: string;
  /** Scratch HOME, empty. */
  readonly home: string;
  readonly workspace: string;
  /** Origin and provider segment: `http://127.0.0.1:4711/zai`. The agent adds the provider's own path. */
  readonly providerUrl: string;
  readonly apiKey: string;
  readonly prompt: string;
  /** A free port, for agents that open one. */
  readonly sparePort: number;
}

export interface AgentCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Everything the agent's process sees beside PATH, HOME and the proxy variables. */
  readonly env: Readonly<Record<string, string>>;
}

/** A real coding agent as the test drives it. One file each in this folder. */
export interface RealAgent {
  /** Id that Planward recognises it by. */
  readonly id: string;
  readonly name: string;
  /** Pinned: agents change weekly, and a test that changes with them says nothing. */
  readonly packageName: string;
  readonly version: string;
  /** Writes what the agent's own config needs and says how to start it, tools approved, no terminal. */
  prepare(launch: Launch): AgentCommand;
}

export const REAL_AGENTS: readonly RealAgent[] = [claudeCode, cline];
