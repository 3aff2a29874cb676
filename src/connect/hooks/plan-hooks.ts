import { isDeepStrictEqual } from 'node:util';
import type { AgentHook, HookPiece, HookProgram } from '../../core/hook.ts';
import type { ConfigFormat, Places } from '../../core/connection.ts';
import { readFile, type FileReading } from '../config-file.ts';
import { editConfig, readConfig } from '../config-text.ts';
import type { Change, Connected } from '../journal.ts';
import { depthOf, valueAt } from '../key-path.ts';
import { spliceBetween, type Splice } from '../splice.ts';

/** What one file becomes. */
export interface HookFile {
  readonly file: FileReading;
  readonly format: Connected['format'];
  readonly text: string;
  readonly executable: boolean;
  readonly changes: readonly Change[];
  readonly splices: readonly Splice[];
}

/** What installing an agent's hook would do. Files that stay as they are do not stand here. */
export type HookPlan =
  | { readonly ok: true; readonly files: readonly HookFile[] }
  /** `message` is one plain sentence. Nothing is installed then. */
  | { readonly ok: false; readonly message: string };

/** Plans how an agent gets its hook. Reads its files, writes nothing, never throws. */
export function planHooks(hook: AgentHook, places: Places, program: HookProgram): HookPlan {
  const files = new Map<string, HookFile>();
  for (const piece of hook.install(places, program)) {
    const planned = piece.kind === 'file' ? wholeFile(piece) : withEntry(piece, files);
    if (!planned.ok) return planned;
    if (planned.file !== undefined) files.set(planned.file.file.path, planned.file);
  }
  return { ok: true, files: [...files.values()] };
}

type Planned =
  | { readonly ok: true; readonly file: HookFile | undefined }
  | { readonly ok: false; readonly message: string };

function wholeFile({ path, text, executable }: Extract<HookPiece, { kind: 'file' }>): Planned {
  const read = readFile(path);
  if (!read.ok) return { ok: false, message: `${read.message}.` };
  const { file } = read;
  if (file.exists && file.text === text) return { ok: true, file: undefined };
  if (file.exists)
    return { ok: false, message: `${path} is there already and is not Planward's, so it was left alone.` };
  const change: Change = { path: [], label: path, providerId: '', before: null, after: path, madeParents: 0 };
  const splices = [{ at: 0, remove: '', insert: text }];
  return { ok: true, file: { file, format: 'file', text, executable, changes: [change], splices } };
}

function withEntry(piece: Exclude<HookPiece, { kind: 'file' }>, files: ReadonlyMap<string, HookFile>): Planned {
  const found = fileFor(piece.files, files);
  if (!found.ok) return found;
  const { planned } = found;
  const { format } = planned;
  const config = readConfig(planned.text, format as ConfigFormat);
  if (!config.ok) return { ok: false, message: `${planned.file.path} cannot be understood: ${config.message}.` };
  const there = valueAt(config.value, piece.path);
  if (piece.kind === 'value' && isDeepStrictEqual(plain(there), piece.value)) return { ok: true, file: undefined };
  const strange =
    piece.kind === 'entry' ? there !== undefined && !Array.isArray(there) : there !== undefined && there !== null;
  const where = `${piece.path.join('.')} in ${planned.file.path}`;
  if (strange) return { ok: false, message: `${where} holds something else already, so it was left alone.` };
  const list = (there ?? []) as readonly unknown[];
  if (piece.kind === 'entry' && list.some((each) => isDeepStrictEqual(plain(each), piece.value))) {
    return { ok: true, file: undefined };
  }
  const at = piece.kind === 'entry' ? [...piece.path, list.length] : piece.path;
  const edited = editConfig(planned.text, format as ConfigFormat, at, piece.value);
  if (!edited.ok) return { ok: false, message: `${planned.file.path} was left alone: ${edited.message}.` };
  const splice = spliceBetween(planned.text, edited.text);
  const depth = depthOf(config.value, piece.path);
  const change: Change = {
    path: [...piece.path],
    label: piece.path.join('.'),
    providerId: '',
    before: null,
    after: JSON.stringify(piece.value),
    // The list itself is one of those made.
    madeParents: Math.max(0, piece.path.length - depth - (piece.kind === 'entry' ? 0 : 1)),
    kind: piece.kind,
  };
  return {
    ok: true,
    file: {
      ...planned,
      text: edited.text,
      changes: [...planned.changes, change],
      splices: splice === undefined ? planned.splices : [...planned.splices, splice],
    },
  };
}

/** The file a piece goes into, with what was planned for it before. */
function fileFor(
  candidates: Extract<HookPiece, { kind: 'entry' }>['files'],
  files: ReadonlyMap<string, HookFile>,
): { readonly ok: true; readonly planned: HookFile } | { readonly ok: false; readonly message: string } {
  let missing: HookFile | undefined;
  for (const { path, format } of candidates) {
    const before = files.get(path);
    if (before !== undefined) return { ok: true, planned: before };
    const read = readFile(path);
    if (!read.ok) return { ok: false, message: `${read.message}.` };
    const { file } = read;
    if (file.readOnly) return { ok: false, message: `${path} is read-only, so it was left alone.` };
    const planned = { file, format, text: file.text, executable: false, changes: [], splices: [] };
    if (file.exists) return { ok: true, planned };
    missing ??= planned;
  }
  return missing === undefined
    ? { ok: false, message: 'This agent has no file a hook could stand in.' }
    : { ok: true, planned: missing };
}

/** Parsers hand out objects with and without a prototype. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
