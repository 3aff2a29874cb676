import { statSync } from 'node:fs';
import type { TranscriptSource } from '../core/transcript-source.ts';
import type { Mark } from './marks.ts';
import type { BatchLimits, LineBatch } from './read-lines.ts';

/** Rows before the last one that are looked at again: an answer's row is there before its figures are. */
const OPEN_ROWS = 100;
const MAX_ROW = 16 * 1024 * 1024;

/**
 * Reads on in another program's database, which is opened for reading only and let go at once. Throws SQLite's errors, also
 * where this Node has no SQLite.
 */
export function readTable(
  path: string,
  before: Mark | undefined,
  source: Extract<TranscriptSource, { kind: 'table' }>,
  limits: BatchLimits,
): LineBatch {
  const { dev, ino } = statSync(path);
  const modifiedAt = modifiedOf(path);
  const file = `${dev}:${ino}`;
  const mark = before?.kind === 'table' && before.file === file ? before : undefined;
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (sqlite === undefined) throw new Error('this Node has no node:sqlite');
  const db = new sqlite.DatabaseSync(path, { readOnly: true, timeout: 500 });
  try {
    const rows = db
      .prepare(
        `SELECT rowid AS place, id, session_id, time_updated, data FROM "${source.table}"
         WHERE rowid > ? AND length(data) < ${MAX_ROW} ORDER BY rowid LIMIT ?`,
      )
      .all(Math.max(0, (mark?.row ?? 0) - OPEN_ROWS), limits.maxFound + OPEN_ROWS);
    const done = new Set(mark?.done);
    const read: string[] = [];
    const found = rows.flatMap((row) => {
      const id = String(row['id']);
      const written = done.has(id)
        ? undefined
        : source.read({
            id,
            sessionId: String(row['session_id']),
            updatedAt: Number(row['time_updated']),
            data: String(row['data']),
          });
      if (written === undefined || written.length > 0) read.push(id);
      return written ?? [];
    });
    const last = Math.max(mark?.row ?? 0, Number(rows.at(-1)?.['place'] ?? 0));
    const more = rows.length === limits.maxFound + OPEN_ROWS;
    return {
      found,
      bytes: 0,
      mark: { kind: 'table', file, modifiedAt: more ? 0 : modifiedAt, row: last, done: read.slice(-OPEN_ROWS) },
      more,
    };
  } finally {
    db.close();
  }
}

/** When the database was last written to: its log counts too. */
export function modifiedOf(path: string): number {
  const times = [path, `${path}-wal`].map((name) => statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(...times);
}
