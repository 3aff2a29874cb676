import type { ConfigFormat, KeyPath, Places } from '../core/connection.ts';
import { removeFile, writeFile } from './config-file.ts';
import { editConfig, readConfig } from './config-text.ts';
import { disconnectAgent, planDisconnection } from './disconnect-agent.ts';
import { openJournal } from './journal.ts';
import { valueAt } from './key-path.ts';
import { findOwnEntries, type OwnEntry } from './own-entries.ts';

/** What taking one entry of ours out would make of its file; `text` undefined: the file goes. */
export type OwnRemoval =
  | { readonly ok: true; readonly text: string | undefined }
  /** One plain sentence. */
  | { readonly ok: false; readonly message: string };

/** Plans it by the file alone, as for an entry that no journal knows of. Never throws. */
export function planOwnRemoval({ file, at, theirs }: OwnEntry): OwnRemoval {
  if (file.readOnly) return { ok: false, message: `${file.path} is read-only, so it was left alone.` };
  if (at === undefined) return { ok: true, text: undefined };
  const { format, path } = at;
  const config = readConfig(file.text, format);
  const there = config.ok ? valueAt(config.value, path) : undefined;
  const command = theirs === undefined ? undefined : commandIn(there);
  const edited =
    command === undefined
      ? editConfig(file.text, format, path, undefined)
      : editConfig(file.text, format, [...path, command], theirs);
  if (!edited.ok) return { ok: false, message: `${file.path} was left alone: ${edited.message}.` };
  if (command !== undefined) return { ok: true, text: edited.text };
  let { text } = edited;
  for (let depth = path.length - 1; depth > 0; depth--) text = withoutEmpty(text, format, path.slice(0, depth));
  return { ok: true, text };
}

export interface OwnRemoved {
  readonly agentId: string;
  readonly path: string;
  /** Why the file was left alone; undefined where the entry is gone. */
  readonly message: string | undefined;
}

/**
 * Takes entries of ours out that are chosen: byte for byte where the journal of this home knows them, else by themselves.
 * Asks nobody, goes on after a failure, never throws.
 */
export function removeOwnEntries(
  deps: { readonly home: string; readonly places: Places; readonly now: number },
  chosen: (entry: OwnEntry) => boolean,
): readonly OwnRemoved[] {
  const done: OwnRemoved[] = [];
  const wanted = () => findOwnEntries(deps.places).filter(chosen);
  const before = wanted();
  for (const entry of before) {
    if (takeBack(deps, entry)) done.push({ agentId: entry.agentId, path: entry.file.path, message: undefined });
  }
  // Places in a list move up when one of them goes, so each is looked for anew.
  for (let turns = before.length; turns > 0; turns--) {
    const next = wanted().find(
      ({ file }) => !done.some(({ path, message }) => path === file.path && message !== undefined),
    );
    if (next === undefined) break;
    const { agentId, file } = next;
    const plan = planOwnRemoval(next);
    const written = !plan.ok ? undefined : plan.text === undefined ? removeFile(file, []) : writeFile(file, plan.text);
    const message = !plan.ok ? plan.message : written?.ok === false ? `${written.message}.` : undefined;
    done.push({ agentId, path: file.path, message });
  }
  return done;
}

/** By the journal, which knows what the file was before. False where it knows nothing of it. */
function takeBack(
  { home, now }: { readonly home: string; readonly now: number },
  { agentId, what, file }: OwnEntry,
): boolean {
  let any = false;
  try {
    for (const connected of openJournal(home).open()) {
      if (connected.agentId !== agentId || connected.what !== what || connected.path !== file.path) continue;
      const plan = planDisconnection(connected);
      if (plan.kind !== 'blocked') any = disconnectAgent(plan, { home, now }).ok || any;
    }
  } catch {
    // A journal that cannot be read knows nothing.
  }
  return any;
}

/** The key of the object under which our command stands. */
function commandIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(
    ([, each]) => typeof each === 'string' && each.includes('planward-statusline'),
  )?.[0];
}

/** Objects and lists that hold nothing any more. */
function withoutEmpty(text: string, format: ConfigFormat, path: KeyPath): string {
  const config = readConfig(text, format);
  const value = config.ok ? valueAt(config.value, path) : undefined;
  if (typeof value !== 'object' || value === null || Object.keys(value).length > 0) return text;
  const edited = editConfig(text, format, path, undefined);
  return edited.ok ? edited.text : text;
}
