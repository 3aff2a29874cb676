import type { CodingTask } from '../../support/mock-coding-session.ts';
import { claudeCode } from './claude-code.ts';
import { cline } from './cline.ts';
import { continueDev } from './continue.ts';
import { kiloCode } from './kilo-code.ts';
import { openclaw } from './openclaw.ts';
import { opencode } from './opencode.ts';

/** What a launch needs to know. */
export interface ConnectedLaunch {
  readonly installedIn: string;
  readonly home: string;
  readonly workspace: string;
  readonly prompt: string;
  /** A free port, for agents that open one. */
  readonly sparePort: number;
}

export interface ConnectedCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

type Tool = readonly [name: string, input: Readonly<Record<string, unknown>>];

/** A real coding agent that `planward connect` points at the relay. One file each in this folder. */
export interface ConnectedAgent {
  /** Id that Planward knows it by. */
  readonly id: string;
  readonly name: string;
  readonly packageName: string;
  readonly version: string;
  /** What the user wrote before: path under HOME -> text, with the provider's own address or none, comments included. */
  files(apiKey: string): Readonly<Record<string, string>>;
  /** The file that is edited. */
  readonly edited: string;
  /** Takes out of its edited file what the agent itself writes there while it runs; absent where it leaves it alone. */
  readonly withoutOwnWrites?: (text: string) => string;
  /** More words for `planward connect <id>`. */
  readonly connectWith: readonly string[];
  command(launch: ConnectedLaunch): ConnectedCommand;
  /** Its own tools for a step of a session. */
  readonly read: (task: CodingTask) => Tool;
  readonly edit: (task: CodingTask) => Tool;
  readonly run: (task: CodingTask) => Tool;
}

export const CONNECTED_AGENTS: readonly ConnectedAgent[] = [
  claudeCode,
  cline,
  kiloCode,
  openclaw,
  opencode,
  continueDev,
];
