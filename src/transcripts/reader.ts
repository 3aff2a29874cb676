import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Places } from '../core/connection.ts';
import type { Written } from '../core/seen-turn.ts';
import type { TranscriptSource } from '../core/transcript-source.ts';
import type { Mark, Marks } from './marks.ts';
import { readLines, type BatchLimits, type LineBatch } from './read-lines.ts';
import { modifiedOf, readTable } from './read-table.ts';
import { readWhole } from './read-whole.ts';

export interface TranscriptReaderDeps {
  readonly sources: readonly (readonly [agentId: string, source: TranscriptSource])[];
  readonly places: Places;
  readonly marks: Marks;
  readonly limits?: Partial<BatchLimits>;
}

export interface TranscriptBatch {
  readonly agentId: string;
  readonly found: readonly Written[];
  readonly bytes: number;
  /** What was found is safe elsewhere: reading goes on behind it. Without that it is read again. */
  done(): void;
}

export interface Scanned {
  readonly files: number;
  /** Bytes that are new, as far as sizes tell; databases count 0. */
  readonly bytes: number;
}

export interface TranscriptReader {
  /** Looks which files have something new. Opens none of them. Never throws. */
  scan(): Scanned;
  /** The next batch of the last scan; undefined where all is read. Never throws: a file that cannot be read is left for the next scan. */
  next(): TranscriptBatch | undefined;
}

interface Task {
  readonly agentId: string;
  readonly source: TranscriptSource;
  readonly path: string;
}

const MAX_DEPTH = 6;

/** Reads what agents wrote down, only what is new, in batches of bounded size. Blocks while it reads: it belongs in a thread. */
export function createTranscriptReader(deps: TranscriptReaderDeps): TranscriptReader {
  const limits: BatchLimits = { maxFound: 400, maxBytes: 8 * 1024 * 1024, ...deps.limits };
  let tasks: Task[] = [];

  function read({ source, path }: Task, mark: Mark | undefined): LineBatch {
    switch (source.kind) {
      case 'lines':
        return readLines(path, mark, source, limits);
      case 'whole':
        return readWhole(path, mark, source.read);
      case 'table':
        return readTable(path, mark, source, limits);
      default:
        return source satisfies never;
    }
  }

  return {
    scan() {
      tasks = [];
      let files = 0;
      let bytes = 0;
      const seen = new Set<string>();
      for (const [agentId, source] of deps.sources) {
        for (const path of filesOf(source, deps.places)) {
          if (seen.has(path)) continue;
          seen.add(path);
          files += 1;
          const fresh = newBytes(source, path, deps.marks.get(path));
          if (fresh === undefined) continue;
          bytes += fresh;
          tasks.push({ agentId, source, path });
        }
      }
      deps.marks.keep(seen);
      return { files, bytes };
    },
    next() {
      for (;;) {
        const task = tasks[0];
        if (task === undefined) return undefined;
        let batch: LineBatch;
        try {
          batch = read(task, deps.marks.get(task.path));
        } catch {
          tasks.shift(); // gone, locked or not for us: the next scan finds it again
          continue;
        }
        const { mark, found, bytes, more } = batch;
        const done = (): void => {
          deps.marks.set(task.path, mark);
          if (!more) tasks.shift();
        };
        if (found.length === 0 && bytes === 0) {
          done();
          continue;
        }
        return { agentId: task.agentId, found, bytes, done };
      }
    },
  };
}

/** Undefined where nothing is new. */
function newBytes(source: TranscriptSource, path: string, mark: Mark | undefined): number | undefined {
  if (source.kind === 'table') return mark?.kind === 'table' && mark.modifiedAt === modifiedOf(path) ? undefined : 0;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.size === 0) return undefined;
  if (mark === undefined || mark.file !== `${stat.dev}:${stat.ino}`) return stat.size;
  if (mark.kind === 'whole') {
    return mark.bytes === stat.size && mark.modifiedAt === stat.mtimeMs ? undefined : stat.size;
  }
  if (mark.kind !== 'lines' || stat.size < mark.offset) return stat.size;
  return stat.size === mark.offset ? undefined : stat.size - mark.offset;
}

function filesOf(source: TranscriptSource, places: Places): readonly string[] {
  if (source.kind === 'table') {
    return source.files(places).filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
  }
  return source.folders(places).flatMap((folder) => below(folder, '', source.matches, 0));
}

/** Links are not followed: what they lead to is not the agent's, or is there by itself. */
function below(folder: string, name: string, matches: (name: string) => boolean, depth: number): readonly string[] {
  let entries;
  try {
    entries = readdirSync(join(folder, name), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry): readonly string[] => {
    const inside = name === '' ? entry.name : `${name}/${entry.name}`;
    if (entry.isDirectory()) return depth < MAX_DEPTH ? below(folder, inside, matches, depth + 1) : [];
    return entry.isFile() && matches(inside) ? [join(folder, inside)] : [];
  });
}
