import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agentHooks } from '../agents/hooks/list.ts';
import { statusLines } from '../agents/status-lines/list.ts';
import type { HookPiece } from '../core/hook.ts';
import type { ConfigFormat, KeyPath, Places } from '../core/connection.ts';
import { readFile, type FileReading } from './config-file.ts';
import { readConfig } from './config-text.ts';
import { hookProgram } from './hooks/hook-program.ts';
import { valueAt } from './key-path.ts';
import { theirsIn } from './statusline/statusline-program.ts';

/** Something of ours in an agent's own files that runs a program of ours: a hook, a plugin, a status line. */
export interface OwnEntry {
  readonly agentId: string;
  readonly what: 'hooks' | 'statusline';
  readonly file: FileReading;
  /** Where it stands; undefined where the whole file is ours. */
  readonly at: { readonly format: ConfigFormat; readonly path: KeyPath } | undefined;
  /** What comes back in its place: the user's own command where ours ran it; undefined: nothing. */
  readonly theirs: string | undefined;
  /** The folder it runs our program from; undefined where that cannot be told from it. */
  readonly folder: string | undefined;
  /** The first file it needs that is not there; undefined where it works. */
  readonly missing: string | undefined;
}

/** Everything of ours in the agents' files, of whatever home, written down in a journal or not. Never throws. */
export function findOwnEntries(places: Places): readonly OwnEntry[] {
  return [...hookEntries(places), ...statusLineEntries(places)];
}

function hookEntries(places: Places): readonly OwnEntry[] {
  return agentHooks.flatMap(({ agentId, install }) => {
    const pieces = install(places, hookProgram('/', undefined));
    const naming = pieces.flatMap((piece) =>
      piece.kind === 'file' ? ownFile(agentId, piece) : piece.kind === 'entry' ? ownItems(agentId, piece) : [],
    );
    // A value names no program: it is left over where nothing that does stands beside it.
    const missing = naming.find((each) => each.missing !== undefined)?.missing ?? 'the plugin that it switches on';
    const alive = naming.some((each) => each.missing === undefined);
    const folder = naming[0]?.folder;
    const values = pieces.flatMap((piece) =>
      piece.kind === 'value' ? ownValue(agentId, piece, { folder, missing: alive ? undefined : missing }) : [],
    );
    return [...naming, ...values];
  });
}

function ownFile(agentId: string, { path, text }: Extract<HookPiece, { kind: 'file' }>): readonly OwnEntry[] {
  const read = readFile(path);
  if (!read.ok || !read.file.exists) return [];
  const mark = text.split('\n').find((line) => line.includes('Planward:'));
  if (mark === undefined || !read.file.text.includes(mark)) return [];
  return [entryOf(agentId, 'hooks', read.file, undefined, read.file.text)];
}

function ownItems(agentId: string, { files, path }: Extract<HookPiece, { kind: 'entry' }>): readonly OwnEntry[] {
  return configsOf(files).flatMap(({ file, format, value }) => {
    const list = valueAt(value, path);
    if (!Array.isArray(list)) return [];
    return list.flatMap((item: unknown, index) => {
      const named = ownText(item, [...path, index]);
      return named === undefined ? [] : [entryOf(agentId, 'hooks', file, { format, path: named.item }, named.text)];
    });
  });
}

function ownValue(
  agentId: string,
  { files, path }: Extract<HookPiece, { kind: 'value' }>,
  state: Pick<OwnEntry, 'folder' | 'missing'>,
): readonly OwnEntry[] {
  return configsOf(files).flatMap(({ file, format, value }) =>
    valueAt(value, path) === undefined
      ? []
      : [{ agentId, what: 'hooks' as const, file, at: { format, path }, theirs: undefined, ...state }],
  );
}

function statusLineEntries(places: Places): readonly OwnEntry[] {
  return statusLines.flatMap((source) =>
    configsOf(source.files(places)).flatMap(({ file, format, value }) => {
      const command = valueAt(value, [...source.path, source.commandKey]);
      if (typeof command !== 'string') return [];
      const at = { format, path: source.path };
      if (ownProgram(command) !== undefined) {
        return [{ ...entryOf(source.agentId, 'statusline', file, at, command), theirs: theirsIn(command) }];
      }
      // Written by hand: the command line of an installation.
      if (!/^planward\s+statusline\b/.test(command)) return [];
      const missing = onPath(places, 'planward') ? undefined : '"planward" on PATH';
      return [
        {
          agentId: source.agentId,
          what: 'statusline' as const,
          file,
          at,
          theirs: undefined,
          folder: undefined,
          missing,
        },
      ];
    }),
  );
}

function entryOf(
  agentId: string,
  what: OwnEntry['what'],
  file: FileReading,
  at: OwnEntry['at'],
  text: string,
): OwnEntry {
  const program = ownProgram(text);
  const folder = program === undefined ? undefined : dirname(program);
  const needed =
    program === undefined || folder === undefined
      ? []
      : [program, join(folder, what === 'hooks' ? 'hook.cjs' : 'statusline.cjs')];
  return { agentId, what, file, at, theirs: undefined, folder, missing: needed.find((path) => !existsSync(path)) };
}

/** The text within an item of a list that names a program of ours, and the innermost item of a list that holds it. */
function ownText(
  value: unknown,
  item: KeyPath,
  at = item,
): { readonly text: string; readonly item: KeyPath } | undefined {
  if (typeof value === 'string') return ownProgram(value) === undefined ? undefined : { text: value, item };
  if (typeof value !== 'object' || value === null) return undefined;
  const list = Array.isArray(value);
  for (const [key, each] of Object.entries(value)) {
    const next = [...at, list ? Number(key) : key];
    const found = ownText(each, list ? next : item, next);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The absolute path of our program or plugin that a command line, a plugin's source or an entry names. Never throws. */
function ownProgram(text: string): string | undefined {
  const quoted = /'((?:[^'\n]|'\\'')*[/\\]hooks[/\\]planward-(?:hook|statusline))'/.exec(text)?.[1];
  if (quoted !== undefined) return resolve(quoted.replaceAll("'\\''", "'"));
  const url =
    /import\("(file:[^"\n]+\/hooks\/ask\.mjs)"\)/.exec(text)?.[1] ??
    /^file:.+\/hooks\/[a-z-]+-plugin\.js$/.exec(text)?.[0];
  if (url !== undefined) return pathOf(url);
  return /^(?:\/|[A-Za-z]:).*[/\\]hooks[/\\][a-z-]+-plugin$/.exec(text)?.[0];
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

function configsOf(
  files: readonly { readonly path: string; readonly format: ConfigFormat }[],
): readonly { readonly file: FileReading; readonly format: ConfigFormat; readonly value: unknown }[] {
  return files.flatMap(({ path, format }) => {
    const read = readFile(path);
    if (!read.ok || !read.file.exists) return [];
    const config = readConfig(read.file.text, format);
    return config.ok ? [{ file: read.file, format, value: config.value }] : [];
  });
}

function onPath({ env, platform }: Places, name: string): boolean {
  const folders = (env['PATH'] ?? '').split(platform === 'win32' ? ';' : ':').filter((folder) => folder !== '');
  const names = platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  return folders.some((folder) => names.some((each) => existsSync(join(folder, each))));
}
