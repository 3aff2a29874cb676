import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ConfigFormat, Places } from '../../core/connection.ts';
import type { AgentStatusLine } from '../../core/status-line.ts';
import { bytesOf, hashOf, readFile, writeFile, type FileReading } from '../config-file.ts';
import { editConfig, readConfig } from '../config-text.ts';
import { openJournal, type Change } from '../journal.ts';
import { depthOf, valueAt } from '../key-path.ts';
import { spliceBetween } from '../splice.ts';
import { installStatuslineProgram, isOurs, statuslineCommand } from './statusline-program.ts';

export type StatuslinePlan =
  | {
      readonly ok: true;
      readonly agentId: string;
      readonly file: FileReading;
      readonly format: ConfigFormat;
      /** The text it will have; the same text where it stands there already. */
      readonly text: string;
      readonly change: Change | undefined;
      /** The user's own command, which goes on; undefined where there was none. */
      readonly theirs: string | undefined;
    }
  /** One plain sentence. Nothing is changed then. */
  | { readonly ok: false; readonly message: string };

/** Plans how an agent's status line gets to run ours, and the user's own before it. Reads its file, writes nothing, never throws. */
export function planStatusline(source: AgentStatusLine, places: Places, home: string): StatuslinePlan {
  const candidates = source.files(places);
  const chosen = candidates.find(({ path }) => existsSync(path)) ?? candidates[0];
  if (chosen === undefined) return { ok: false, message: 'This agent has no file a status line could stand in.' };
  const read = readFile(chosen.path);
  if (!read.ok) return { ok: false, message: `${read.message}.` };
  const { file } = read;
  if (file.readOnly) return { ok: false, message: `${chosen.path} is read-only, so it was left alone.` };
  const { format } = chosen;
  const config = readConfig(file.text, format);
  if (!config.ok) return { ok: false, message: `${chosen.path} cannot be understood: ${config.message}.` };
  const there = valueAt(config.value, source.path);
  const base = { ok: true, agentId: source.agentId, file, format } as const;
  const commandPath = [...source.path, source.commandKey];
  const command = valueAt(config.value, commandPath);
  if (there === undefined) {
    const value = source.describe(statuslineCommand(home, source.agentId, undefined));
    const edited = editConfig(file.text, format, source.path, value);
    if (!edited.ok) return { ok: false, message: `${chosen.path} was left alone: ${edited.message}.` };
    const madeParents = Math.max(0, source.path.length - 1 - depthOf(config.value, source.path));
    const change = changeOf(source.path, null, JSON.stringify(value), madeParents, 'value');
    return { ...base, text: edited.text, change, theirs: undefined };
  }
  if (typeof command !== 'string') {
    return {
      ok: false,
      message: `${source.path.join('.')} in ${chosen.path} holds something else already, so it was left alone.`,
    };
  }
  if (isOurs(command)) return { ...base, text: file.text, change: undefined, theirs: undefined };
  const ours = statuslineCommand(home, source.agentId, command);
  const edited = editConfig(file.text, format, commandPath, ours);
  if (!edited.ok) return { ok: false, message: `${chosen.path} was left alone: ${edited.message}.` };
  return { ...base, text: edited.text, change: changeOf(commandPath, command, ours, 0), theirs: command };
}

function changeOf(
  path: Change['path'] | readonly (string | number)[],
  before: string | null,
  after: string,
  madeParents: number,
  kind?: 'value',
): Change {
  const label = path.join('.');
  return {
    path: [...path],
    label,
    providerId: '',
    before,
    after,
    madeParents,
    ...(kind === undefined ? {} : { kind }),
  };
}

/** Does what a plan says: our program first, then the journal, then the file. Never throws. */
export function connectStatusline(
  plan: Extract<StatuslinePlan, { ok: true }>,
  deps: {
    readonly home: string;
    readonly source: { readonly dist: string; readonly runtime: string };
    readonly now: number;
    readonly newId: () => string;
  },
): { readonly ok: true } | { readonly ok: false; readonly message: string } {
  const { file, format, text, change } = plan;
  const splice = spliceBetween(file.text, text);
  try {
    installStatuslineProgram(deps.home, deps.source);
    if (change === undefined || splice === undefined) return { ok: true };
    const journal = openJournal(deps.home);
    const id = deps.newId();
    journal.append({
      v: 1,
      act: 'connect',
      id,
      at: deps.now,
      agentId: plan.agentId,
      what: 'statusline',
      path: file.path,
      target: file.target,
      format,
      existed: file.exists,
      beforeHash: file.hash ?? null,
      afterHash: hashOf(bytesOf(file, text)),
      madeFolders: [...missingFolders(dirname(file.target))],
      splices: [splice],
      changes: [change],
    });
    const written = writeFile(file, text);
    if (written.ok) return { ok: true };
    journal.append({ v: 1, act: 'disconnect', id, at: deps.now, how: 'gone' });
    return { ok: false, message: `${written.message}. Nothing was changed.` };
  } catch (error) {
    return { ok: false, message: `${deps.home} cannot be written: ${(error as Error).message}.` };
  }
}

function missingFolders(folder: string): readonly string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder];
}
