import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** How far a file was read. Offsets in bytes; `file` is device and inode. */
export type Mark =
  | {
      readonly kind: 'lines';
      readonly file: string;
      /** End of the last whole line that was read. */
      readonly offset: number;
      /** Hash of the file's first `headBytes`: a file written anew under the same name has another. */
      readonly head: string;
      readonly headBytes: number;
      readonly state: unknown;
    }
  | {
      readonly kind: 'whole';
      readonly file: string;
      readonly bytes: number;
      readonly modifiedAt: number;
      readonly done: readonly string[];
    }
  | {
      readonly kind: 'table';
      readonly file: string;
      readonly modifiedAt: number;
      readonly row: number;
      readonly done: readonly string[];
    };

export interface Marks {
  get(path: string): Mark | undefined;
  set(path: string, mark: Mark): void;
  /** Lets go of files that are no more. */
  keep(paths: ReadonlySet<string>): void;
  /** Writes them down where something changed; false where the disk does not take it. Never throws. */
  save(): boolean;
}

/** Kept in one file of the home, mode 0600. One that cannot be read is begun anew: turns are told by their ids, so nothing counts twice. */
export function openMarks(path: string): Marks {
  const marks = new Map<string, Mark>(Object.entries(readMarks(path)));
  let changed = false;
  return {
    get: (name) => marks.get(name),
    set(name, mark) {
      marks.set(name, mark);
      changed = true;
    },
    keep(paths) {
      for (const name of marks.keys()) {
        if (paths.has(name)) continue;
        marks.delete(name);
        changed = true;
      }
    },
    save() {
      if (!changed) return true;
      try {
        writeFileSync(`${path}.tmp`, JSON.stringify({ v: 1, files: Object.fromEntries(marks) }), { mode: 0o600 });
        renameSync(`${path}.tmp`, path);
        changed = false;
        return true;
      } catch {
        return false;
      }
    },
  };
}

function readMarks(path: string): Readonly<Record<string, Mark>> {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as { v?: unknown; files?: unknown };
    return value.v === 1 && typeof value.files === 'object' && value.files !== null
      ? (value.files as Record<string, Mark>)
      : {};
  } catch {
    return {};
  }
}
