import { isDeepStrictEqual } from 'node:util';
import type { ConfigFormat, KeyPath } from '../core/connection.ts';
import { bytesOf, hashOf, readFile, removeFile, writeFile, type FileReading } from './config-file.ts';
import { editConfig, readConfig, saysTheSame } from './config-text.ts';
import { openJournal, type Change, type Connected, type Disconnected } from './journal.ts';
import { valueAt } from './key-path.ts';
import { undoSplices, undoSplicesAnywhere } from './splice.ts';

/** What taking one connection back would do. Nothing is written yet. */
export type DisconnectPlan =
  /** The file is as we left it: it becomes what it was, byte for byte. `text` undefined: it is removed again. */
  | {
      readonly kind: 'exact';
      readonly connected: Connected;
      readonly file: FileReading;
      readonly text: string | undefined;
    }
  /** Somebody changed the file since. `text` has only our addresses put back. */
  | {
      readonly kind: 'our-keys';
      readonly connected: Connected;
      readonly file: FileReading;
      readonly text: string;
      /** Labels of addresses that somebody else changed since: they are left as they are. */
      readonly others: readonly string[];
    }
  /** Nothing of it is left in the file. */
  | { readonly kind: 'gone'; readonly connected: Connected; readonly file: FileReading | undefined }
  /** `message` is one plain sentence, `hints` what to do by hand. */
  | {
      readonly kind: 'blocked';
      readonly connected: Connected;
      readonly message: string;
      readonly hints: readonly string[];
    };

/** Plans how a connection is taken back. `exact` wherever the bytes are those we wrote. Never throws. */
export function planDisconnection(connected: Connected): DisconnectPlan {
  const read = readFile(connected.path);
  if (!read.ok) return blocked(connected, `${read.message}.`);
  const { file } = read;
  if (!file.exists) return { kind: 'gone', connected, file: undefined };
  if (file.hash === connected.beforeHash) return { kind: 'gone', connected, file };
  if (file.readOnly) return blocked(connected, `${connected.path} is read-only now.`);
  if (file.hash === connected.afterHash) {
    if (!connected.existed) return { kind: 'exact', connected, file, text: undefined };
    const text = undoSplices(file.text, connected.splices);
    if (text !== undefined && hashOf(bytesOf(file, text)) === connected.beforeHash) {
      return { kind: 'exact', connected, file, text };
    }
  }
  return ourKeys(connected, file);
}

function ourKeys(connected: Connected, file: FileReading): DisconnectPlan {
  const { format } = connected;
  if (format === 'file') return blocked(connected, `${connected.path} was changed since and may hold words of yours.`);
  const config = readConfig(file.text, format);
  if (!config.ok) return blocked(connected, `${connected.path} cannot be understood now: ${config.message}.`);
  let { text } = file;
  const others: string[] = [];
  let ours = 0;
  for (const change of connected.changes) {
    const { path, label, before, madeParents, kind } = change;
    const now = readConfig(text, format);
    const at = placeOf(now.ok ? now.value : config.value, change);
    if (at === undefined) {
      const current = valueAt(config.value, path);
      if (kind !== 'entry' && current !== (before ?? undefined)) others.push(label);
      continue;
    }
    ours++;
    const edited = editConfig(text, format, at, before ?? undefined);
    if (!edited.ok) return blocked(connected, `${connected.path} was left alone: ${edited.message}.`);
    text = edited.text;
    for (let i = 1; i <= madeParents; i++) text = withoutEmpty(text, format, at.slice(0, -i));
  }
  if (ours === 0) return { kind: 'gone', connected, file };
  // Where our own pieces still stand in the text, taking them out leaves spacing and comments as they were too.
  const plainer = others.length === 0 ? undoSplicesAnywhere(file.text, connected.splices) : undefined;
  const better = plainer !== undefined && saysTheSame(plainer, text, format) ? plainer : text;
  return { kind: 'our-keys', connected, file, text: better, others };
}

/** Where what a change put in stands now; undefined where it is gone or was changed. */
function placeOf(root: unknown, { path, after, kind }: Change): KeyPath | undefined {
  const current = valueAt(root, path);
  if (kind === undefined) return current === after ? path : undefined;
  if (kind === 'value') return sameJson(current, after) ? path : undefined;
  const index = Array.isArray(current) ? current.findIndex((each) => sameJson(each, after)) : -1;
  return index < 0 ? undefined : [...path, index];
}

function sameJson(value: unknown, json: string): boolean {
  return value !== undefined && isDeepStrictEqual(JSON.parse(JSON.stringify(value)), JSON.parse(json));
}

/** Takes an object away that was made for us, if nobody put anything else in it. */
function withoutEmpty(text: string, format: ConfigFormat, path: readonly (string | number)[]): string {
  const config = readConfig(text, format);
  const value = config.ok ? valueAt(config.value, path) : undefined;
  if (typeof value !== 'object' || value === null || Object.keys(value).length > 0) return text;
  const edited = editConfig(text, format, path, undefined);
  return edited.ok ? edited.text : text;
}

function blocked(connected: Connected, message: string): DisconnectPlan {
  const hints = connected.changes.map(({ path, before }) =>
    connected.format === 'file'
      ? `Remove ${connected.path}.`
      : before === null
        ? `Remove ${path.join('.')} from ${connected.path}.`
        : `Set ${path.join('.')} in ${connected.path} to ${before}.`,
  );
  return { kind: 'blocked', connected, message, hints };
}

export type DisconnectResult =
  | { readonly ok: true; readonly how: Disconnected['how'] }
  | { readonly ok: false; readonly reason: 'changed' | 'unwritable'; readonly message: string };

/** Does what a plan says, then notes it. A plan that is `blocked` is none. Never throws for what a disk can do. */
export function disconnectAgent(
  plan: Exclude<DisconnectPlan, { kind: 'blocked' }>,
  deps: { readonly home: string; readonly now: number },
): DisconnectResult {
  if (plan.kind !== 'gone') {
    const done =
      plan.kind === 'exact' && plan.text === undefined
        ? removeFile(plan.file, plan.connected.madeFolders)
        : writeFile(plan.file, plan.text ?? '');
    if (!done.ok) return { ok: false, reason: done.reason, message: `${done.message}. Nothing was changed.` };
  }
  try {
    openJournal(deps.home).append({ v: 1, act: 'disconnect', id: plan.connected.id, at: deps.now, how: plan.kind });
  } catch {
    // The file is right; an entry that stays open is found to be gone the next time.
  }
  return { ok: true, how: plan.kind };
}
