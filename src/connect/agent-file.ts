import type { Agent } from '../core/agent.ts';
import type { ConfigFile, Places, Slot } from '../core/connection.ts';
import { readFile, type FileReading } from './config-file.ts';
import { readConfig } from './config-text.ts';

/** An agent's configuration file with what it says. */
export interface AgentFile {
  readonly file: FileReading;
  readonly format: ConfigFile['format'];
  readonly value: unknown;
  readonly slots: readonly Slot[];
}

export type AgentFileRead =
  | { readonly ok: true; readonly found: AgentFile }
  /** `none`: the agent has no file to edit. The others: `message` is one plain sentence. */
  | { readonly ok: false; readonly reason: 'none' | 'unreadable' | 'not-understood'; readonly message: string };

/**
 * The file an agent reads its base URL from: of those that exist the first with a place for one, since some agents put
 * several together; else the first that exists, else the one that would be made. Never throws.
 */
export function readAgentFile({ name, connection }: Agent, places: Places): AgentFileRead {
  const files = connection?.files(places) ?? [];
  if (connection === undefined || files.length === 0) {
    return { ok: false, reason: 'none', message: `${name} keeps its base URL in no file that Planward could edit.` };
  }
  let withoutSlots: AgentFile | undefined;
  /** The one that would be made; where none may be, the one the agent looks for first. */
  let missing: { file: FileReading; format: ConfigFile['format'] } | undefined;
  for (const { path, format } of files) {
    const read = readFile(path);
    if (!read.ok) return { ok: false, reason: 'unreadable', message: `${read.message}.` };
    if (!read.file.exists) {
      if (missing === undefined || connection.mayCreate) missing = { file: read.file, format };
      continue;
    }
    const config = readConfig(read.file.text, format);
    if (!config.ok) {
      const message = `${path} cannot be understood: ${config.message}. Correct it, then try again.`;
      return { ok: false, reason: 'not-understood', message };
    }
    const slots = connection.slots(config.value);
    const found = { file: read.file, format, value: config.value, slots };
    if (slots.length > 0) return { ok: true, found };
    withoutSlots ??= found;
  }
  if (withoutSlots !== undefined) return { ok: true, found: withoutSlots };
  const { file, format } = missing!;
  return { ok: true, found: { file, format, value: undefined, slots: connection.slots(undefined) } };
}
