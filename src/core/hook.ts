import type { ConfigFormat, KeyPath, Places } from './connection.ts';
import type { Text } from './text.ts';
import type { ScopeMode } from './scope-mode.ts';
import type { TurnKind } from './request-facts.ts';
import type { Verdict } from './verdict.ts';

/** A prompt as an agent's own hook hands it over, before anything of it is sent. */
export interface HookTurn {
  /** The user's own words; empty where there are none. */
  readonly text: string;
  readonly kind: TurnKind;
  /** The agent's own id of the conversation; undefined where it says none. */
  readonly session: string | undefined;
  /** Where the agent says or shows which provider it is about to ask; undefined where it does not. */
  readonly providerId: string | undefined;
}

/** What is said about a prompt. `text` is for the user, in plain words. */
export interface HookSays {
  readonly act: 'warn' | 'block';
  readonly text: string;
}

/** What the agent's hook gets to know of the program it runs. */
export interface HookProgram {
  /** Absolute path of the launcher, for `spawn`. */
  readonly launcher: string;
  /** One line for a POSIX shell that runs it for an agent, and is well whatever happens. */
  readonly shellLine: (name: string) => string;
  /** Whose terms hold where neither input nor environment say. */
  readonly providerId: string | undefined;
  /** Folder for files of ours that an agent loads, absolute. */
  readonly folder: string;
  /** `file:` URL of the module there that plugins ask through. */
  readonly askUrl: string;
}

/** One thing that installing a hook writes. */
export type HookPiece =
  /** Appended to the list at `path` of a configuration file, which is made where it is missing. */
  | {
      readonly kind: 'entry';
      /** Files that may hold it, first choice first: the first that exists, else the first. */
      readonly files: readonly { readonly path: string; readonly format: ConfigFormat }[];
      readonly path: KeyPath;
      readonly value: unknown;
    }
  /** Set at `path`; where another value stands there already, it is left and the hook is not installed. */
  | {
      readonly kind: 'value';
      readonly files: readonly { readonly path: string; readonly format: ConfigFormat }[];
      readonly path: KeyPath;
      readonly value: unknown;
    }
  /** A file of its own in a folder of the agent's; one that is there and not ours is left alone. */
  | { readonly kind: 'file'; readonly path: string; readonly text: string; readonly executable: boolean };

/** How an agent asks before it takes a prompt up. Pure data and readers. */
export interface AgentHook {
  readonly agentId: string;
  /** Tools that its requests declare: enough to tell what it is for. The hook's input does not name them. */
  readonly tools: readonly string[];
  /** Undefined where the input is none of this agent's prompts. Never throws. */
  read(input: unknown, env: Readonly<Record<string, string | undefined>>): HookTurn | undefined;
  /** What goes to stdout, always with exit code 0. `says` undefined: nothing is to be said. */
  reply(says: HookSays | undefined): string;
  /** What installing it writes into the agent's own files. */
  install(places: Places, program: HookProgram): readonly HookPiece[];
  /** Files of ours in `HookProgram.folder`, by name: loaded by the agent from there, never journalled. */
  readonly ownFiles?: (program: HookProgram) => Readonly<Record<string, string>>;
  /** What the user has to know or do, one plain sentence each. */
  readonly notes: readonly Text[];
}

/** What a mode does about a judged prompt. A prompt that was stopped before goes through: sending it again is the user's word. */
export function hookAct(
  mode: ScopeMode,
  verdict: Verdict | undefined,
  stoppedBefore: boolean,
): 'pass' | HookSays['act'] {
  if (verdict?.decision !== 'out-of-scope' || mode === 'observe') return 'pass';
  if (mode === 'warn') return 'warn';
  if (verdict.reason !== 'sum') return 'warn';
  return stoppedBefore ? 'pass' : 'block';
}
