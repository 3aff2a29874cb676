import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Why a file of the home could not be written; `message` is what the system said. */
export type Written =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unwritable'; readonly message: string };

/**
 * Writes a whole file, mode 0600, by renaming a finished copy: a reader sees the old text or the new one, never half.
 * The copy is called `<path>.<pid>.<ms>.tmp`. Never throws.
 */
export function writeAtomically(path: string, content: string | Uint8Array): Written {
  const copy = `${path}.${process.pid}.${Date.now()}.tmp`;
  try {
    rmSync(copy, { force: true });
    const file = openSync(copy, 'wx', 0o600);
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(copy, path);
    return { ok: true };
  } catch (error) {
    try {
      rmSync(copy, { force: true });
    } catch {
      // The sweep at the next start removes it.
    }
    return unwritable(error);
  }
}

export function unwritable(error: unknown): {
  readonly ok: false;
  readonly reason: 'unwritable';
  readonly message: string;
} {
  return { ok: false, reason: 'unwritable', message: error instanceof Error ? error.message : String(error) };
}

/** The system's word for an error, `ENOENT`; undefined where it has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** `20260907T120000Z`: part of the name of a file set aside at `at`. */
export function stampOf(at: number): string {
  return new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}
