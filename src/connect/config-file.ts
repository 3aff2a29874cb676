import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';

const BOM = '\uFEFF';

/** A configuration file as it lies on disk. */
export interface FileReading {
  /** As it was asked for. */
  readonly path: string;
  /** Where symbolic links lead. */
  readonly target: string;
  readonly exists: boolean;
  /** Without a byte order mark; empty where it does not exist. */
  readonly text: string;
  readonly bom: boolean;
  /** SHA-256 of the bytes; undefined where it does not exist. */
  readonly hash: string | undefined;
  /** Permission bits; undefined where it does not exist. */
  readonly mode: number | undefined;
  /** True where its owner may not write it. */
  readonly readOnly: boolean;
}

export type FileRead =
  | { readonly ok: true; readonly file: FileReading }
  | { readonly ok: false; readonly reason: 'unreadable' | 'no-text'; readonly message: string };

/** Reads a file through its links. Absent is a reading too. Never throws. */
export function readFile(path: string): FileRead {
  try {
    const target = followLinks(path);
    const stat = statSync(target, { throwIfNoEntry: false });
    if (stat === undefined) {
      const nothing = { exists: false, text: '', bom: false, hash: undefined, mode: undefined, readOnly: false };
      return { ok: true, file: { path, target, ...nothing } };
    }
    if (!stat.isFile()) return { ok: false, reason: 'unreadable', message: `${path} is no file` };
    const bytes = readFileSync(target);
    const whole = bytes.toString('utf8');
    if (!Buffer.from(whole).equals(bytes))
      return { ok: false, reason: 'no-text', message: `${path} is not UTF-8 text` };
    const bom = whole.startsWith(BOM);
    const text = bom ? whole.slice(1) : whole;
    const mode = stat.mode & 0o7777;
    return {
      ok: true,
      file: { path, target, exists: true, text, bom, hash: hashOf(bytes), mode, readOnly: (mode & 0o200) === 0 },
    };
  } catch (error) {
    return { ok: false, reason: 'unreadable', message: `${path} cannot be read: ${(error as Error).message}` };
  }
}

export function hashOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function bytesOf({ bom }: Pick<FileReading, 'bom'>, text: string): Buffer {
  return Buffer.from(bom ? BOM + text : text);
}

export type FileWritten =
  | { readonly ok: true; readonly hash: string; readonly madeFolders: readonly string[] }
  /** `changed`: somebody wrote the file since it was read; nothing was done. */
  | { readonly ok: false; readonly reason: 'changed' | 'unwritable'; readonly message: string };

/**
 * Replaces the text of a file that was read, by renaming a finished copy beside its target: links, mode and owner stay,
 * and a reader sees the old text or the new one. A file that did not exist is made with mode 0600. Never throws.
 */
export function writeFile(file: FileReading, text: string): FileWritten {
  const copy = `${file.target}.planward-${process.pid}-${Date.now()}.tmp`;
  const madeFolders: string[] = [];
  try {
    makeFolders(dirname(file.target), madeFolders);
    const bytes = bytesOf(file, text);
    const fd = openSync(copy, 'wx', file.mode ?? 0o600);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    if (file.mode !== undefined) chmodSync(copy, file.mode);
    keepOwner(file.target, copy);
    if (currentHash(file.target) !== file.hash) {
      rmSync(copy, { force: true });
      return { ok: false, reason: 'changed', message: `${file.path} was changed by another program just now` };
    }
    renameSync(copy, file.target);
    return { ok: true, hash: hashOf(bytes), madeFolders };
  } catch (error) {
    rmQuietly(copy);
    removeFolders(madeFolders);
    return { ok: false, reason: 'unwritable', message: `${file.path} cannot be written: ${(error as Error).message}` };
  }
}

/** Takes away a file that was read, and those of the given folders that are empty then. Never throws. */
export function removeFile(file: FileReading, madeFolders: readonly string[]): FileWritten {
  try {
    if (currentHash(file.target) !== file.hash) {
      return { ok: false, reason: 'changed', message: `${file.path} was changed by another program just now` };
    }
    rmSync(file.target);
    removeFolders(madeFolders);
    return { ok: true, hash: '', madeFolders: [] };
  } catch (error) {
    return { ok: false, reason: 'unwritable', message: `${file.path} cannot be removed: ${(error as Error).message}` };
  }
}

function currentHash(target: string): string | undefined {
  const stat = statSync(target, { throwIfNoEntry: false });
  return stat === undefined ? undefined : hashOf(readFileSync(target));
}

/** The file behind links, also where the last one leads nowhere. */
function followLinks(path: string): string {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return realpathSync(path);
  let at = path;
  for (let hops = 0; hops < 40; hops++) {
    const stat = lstatSync(at, { throwIfNoEntry: false });
    if (stat?.isSymbolicLink() !== true) return at;
    at = resolve(dirname(at), readlinkSync(at));
  }
  throw new Error('its links go in circles');
}

/** Outermost first in `made`. */
function makeFolders(folder: string, made: string[]): void {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  makeFolders(dirname(folder), made);
  mkdirSync(folder, { mode: 0o700 });
  made.push(folder);
}

function removeFolders(made: readonly string[]): void {
  for (const folder of made.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      return; // Somebody put something in it: it stays, and those around it.
    }
  }
}

/** For a run with `sudo`: the file stays its owner's. */
function keepOwner(target: string, copy: string): void {
  const stat = statSync(target, { throwIfNoEntry: false });
  if (stat === undefined || process.getuid?.() !== 0 || stat.uid === 0) return;
  chownSync(copy, stat.uid, stat.gid);
}

function rmQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder is gone or closed to us; the first error says more.
  }
}
