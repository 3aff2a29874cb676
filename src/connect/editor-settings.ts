import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { applyEdits, modify, parse } from 'jsonc-parser';
import * as z from 'zod';
import { PROVIDER_ORIGINS, readDirectUrl, relayUrl, type ProviderOrigin } from '../agents/relay-url.ts';
import type { EditorSettings } from '../core/connection.ts';
import { readFile, writeFile } from './config-file.ts';

/** One setting of the editor that changes. `before` null: it was not set. */
export interface EditorChange {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What has to change in the editor's own settings so that an agent's extension reaches the relay: an address in the list of
 * environment variables, which wins over the agent's file, and switches without which it asks for a login. An address of a
 * provider nobody knows stays. `current` holds what the user set, by key. Pure.
 */
export function planEditorSettings(
  settings: EditorSettings,
  current: Readonly<Record<string, unknown>>,
  relay: { readonly agentId: string; readonly origin: string; readonly origins?: readonly ProviderOrigin[] },
): readonly EditorChange[] {
  const origins = [...(relay.origins ?? []), ...PROVIDER_ORIGINS];
  const list = current[settings.environment];
  const routed = Array.isArray(list)
    ? list.map((entry: unknown) => {
        const { name, value } = entry as { readonly name?: unknown; readonly value?: unknown };
        const direct =
          name === settings.variable && typeof value === 'string' ? readDirectUrl(value, origins) : undefined;
        return direct === undefined
          ? entry
          : { ...(entry as object), value: relayUrl(relay.origin, relay.agentId, direct) };
      })
    : undefined;
  const environment =
    routed === undefined || isDeepStrictEqual(routed, list)
      ? []
      : [{ key: settings.environment, before: list, after: routed }];
  const switches = settings.switches
    .filter((key) => current[key] !== true)
    .map((key) => ({ key, before: current[key] ?? null, after: true }));
  return [...environment, ...switches];
}

const entry = z.object({
  agentId: z.string(),
  section: z.string(),
  key: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  at: z.number(),
  /** Settings files that may hold it, for who comes without the editor. */
  files: z.array(z.string()),
});
export type EditorEntry = z.infer<typeof entry>;

/** Settings of the editor that were changed for agents, in `editor-settings.json` of the home, until they are taken back. */
export function editorEntries(home: string): readonly EditorEntry[] {
  try {
    return z.array(entry).parse(JSON.parse(readFileSync(fileIn(home), 'utf8')));
  } catch {
    return [];
  }
}

/** Replaces what is remembered. Throws where the home cannot be written. */
export function keepEditorEntries(home: string, entries: readonly EditorEntry[]): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const read = readFile(fileIn(home));
  if (!read.ok) throw new Error(read.message);
  const written = writeFile(read.file, `${JSON.stringify(entries, undefined, 2)}\n`);
  if (!written.ok) throw new Error(written.message);
}

/** Whether a setting is still as it was made; only then it is taken back. */
export function isOurs({ after }: EditorEntry, current: unknown): boolean {
  return isDeepStrictEqual(current, after);
}

/**
 * Takes the settings back in the editor's own files, for who comes without the editor: those that are still as they were made.
 * Gives the files that were changed. Never throws.
 */
export function restoreEditorFiles(home: string): readonly string[] {
  const changed = new Set<string>();
  for (const each of editorEntries(home)) {
    for (const path of each.files) {
      const read = readFile(path);
      if (!read.ok || !read.file.exists || read.file.readOnly) continue;
      const { text } = read.file;
      const name = `${each.section}.${each.key}`;
      const values = parse(text) as Readonly<Record<string, unknown>> | undefined;
      if (!isOurs(each, values?.[name])) continue;
      const edits = modify(text, [name], each.before ?? undefined, {
        formattingOptions: { insertSpaces: true, tabSize: 4 },
      });
      if (writeFile(read.file, applyEdits(text, edits)).ok) changed.add(path);
    }
  }
  try {
    if (editorEntries(home).length > 0) keepEditorEntries(home, []);
  } catch {
    // Nothing is lost: an entry that stays is found to be done the next time.
  }
  return [...changed];
}

function fileIn(home: string): string {
  return join(home, 'editor-settings.json');
}
