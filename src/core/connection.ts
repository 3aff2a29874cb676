import type { Text } from './text.ts';

/** Settings of the editor with which an agent's own extension starts it. */
export interface EditorSettings {
  /** First part of their names. */
  readonly section: string;
  /** A list of `{name, value}` that become environment variables, and win over the agent's file. */
  readonly environment: string;
  /** The variable among them that names the base URL. */
  readonly variable: string;
  /** Switches that have to be on with an address that is not the vendor's own. */
  readonly switches: readonly string[];
}

/**
 * Profiles of an agent's own extension in VS Code, which it offers to other extensions: profiles are made, made current and
 * deleted there, and keys in them cannot be read back.
 */
export interface EditorProfiles {
  readonly extensionId: string;
  /** What ours is called. */
  readonly name: string;
  /** What stands in it. `model` is that of the profile used before, where it is known. */
  profile(
    providerId: string,
    url: string,
    given: { readonly key: string | undefined; readonly model: string | undefined },
  ): Readonly<Record<string, unknown>>;
  /** The base URL in the settings that the extension tells of its current profile; undefined where there is none. */
  urlIn(configuration: Readonly<Record<string, unknown>>): string | undefined;
}

/** A provider that an agent's base URL can name in a terminal. */
export interface TerminalTarget {
  readonly providerId: string;
  /** Behind the relay's origin and agent mark: `zai/api/anthropic`. */
  readonly path: string;
  /** One plain English sentence for the settings page. */
  readonly description: string;
}

/** How a terminal points an agent at the relay by its environment. */
export interface TerminalWay {
  /** Last part of the setting that switches it on: `planward.terminals.<setting>`. */
  readonly setting: string;
  readonly targets: readonly TerminalTarget[];
  /** What the user should know before switching it on. */
  readonly note: string;
}

/** How a configuration file is written. `json5` also reads JSON with comments; `jsonc` also reads JSON. */
export type ConfigFormat = 'json' | 'jsonc' | 'json5' | 'yaml' | 'toml';

/** What decides where an agent keeps its files. */
export interface Places {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home, without a slash at its end. */
  readonly userHome: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly format: ConfigFormat;
}

/** Where a value stands in a parsed file: names of keys and indexes of lists. */
export type KeyPath = readonly (string | number)[];

/** One base URL in a configuration file. */
export interface Slot {
  readonly path: KeyPath;
  /** What the user calls it: `provider anthropic`, `model GLM`. */
  readonly label: string;
  /** The URL as it stands in the file; undefined where there is none. */
  readonly current: string | undefined;
  /** The URL the agent uses where none stands there; undefined where not known, and then an absent one is left alone. */
  readonly direct: string | undefined;
  /** True where the agent uses it now; others are only offered by name of their provider. */
  readonly inUse: boolean;
}

/** A place where something else may name a base URL that wins over the agent's own file. */
export interface Override {
  readonly path: string;
  readonly format: ConfigFormat;
  /** Keys that override; the first that holds a text counts. */
  readonly keys: readonly KeyPath[];
}

/**
 * How an agent is pointed at the relay. Pure data and readers; nothing here touches a disk.
 *
 * The relay's URL is always `http://127.0.0.1:<port>/@<agent>/<provider>` and then the path that the direct URL has, so
 * whatever suffix the agent needs (`/v1`, `/api/anthropic`, a whole `/chat/completions`) is the one it had.
 */
export interface AgentConnection {
  /** Files that may hold the base URL, in the order in which the agent prefers them; the first that exists is edited, else the first is made. Empty: only by hand. */
  files(places: Places): readonly ConfigFile[];
  /** True where the agent runs without a file of its own, so that one may be made. */
  readonly mayCreate: boolean;
  /** Base URLs of a parsed file (`undefined`: there is none) and those that can be added. Never throws. */
  slots(config: unknown): readonly Slot[];
  /** Direct URLs to be written where no slot of that provider is in use: provider id -> URL. */
  readonly directUrls: Readonly<Record<string, string>>;
  /** Where a URL of `directUrls` goes. Undefined where the agent must be told by hand. */
  addSlot(providerId: string): KeyPath | undefined;
  /** What the user gives up or has to know, one plain sentence each. */
  readonly costs: readonly Text[];
  /** What to do so that the agent reads the change. */
  readonly restart: Text;
  /** Environment variables that win over the file where they are set. */
  readonly overridingVariables: readonly string[];
  /** Files of a project folder (and of the machine) that win over the user's. `folder` is one folder, not its parents. */
  projectOverrides(folder: string, places: Places): readonly Override[];
  /** The same for files that hold for the whole machine. */
  machineOverrides?(places: Places): readonly Override[];
  /** Object in the file whose entries become environment variables of the agent; absent where there is none. */
  readonly environmentKey?: KeyPath;
  /** Files from which it takes environment variables at its start; absent where there are none. */
  environmentFiles?(places: Places): readonly string[];
  /** Settings of VS Code that its own extension has; absent where it has none. */
  readonly editorSettings?: EditorSettings;
  /** Profiles of its own extension in VS Code; absent where it offers none. */
  readonly editorProfiles?: EditorProfiles;
  /** Environment variable with which it is told in a terminal, where there is one. */
  readonly variable?: string;
  /** What VS Code's terminals can offer by that variable; absent where they offer nothing. */
  readonly terminal?: TerminalWay;
  /** What to do by hand where no file can be edited; `url` is the relay's for the provider. Empty where the file is enough. */
  byHand(url: string): readonly string[];
}
