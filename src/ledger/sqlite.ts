import type { DatabaseSync } from 'node:sqlite';

export type Sqlite = typeof import('node:sqlite');
export type Database = DatabaseSync;

/** Node's own SQLite; undefined where this Node has none. Asked for at run time, so that a bundle loads without it. */
export function loadSqlite(): Sqlite | undefined {
  return process.getBuiltinModule?.('node:sqlite');
}

/**
 * Why a ledger cannot be used.
 * - `no-sqlite`: this Node has no `node:sqlite`.
 * - `newer`: written by a later Planward; never touched.
 * - `corrupt`: not a database, damaged, or not our tables.
 * - `locked`: another program holds it; later it may work.
 * - `unwritable`: folder, rights, disk full, I/O error; later it may work.
 */
export type LedgerTrouble = 'no-sqlite' | 'newer' | 'corrupt' | 'locked' | 'unwritable';

/**
 * Sorts what SQLite or the file system threw, by primary result code (https://www.sqlite.org/rescode.html).
 * Undefined where the error says nothing of the file: a row that breaks a constraint, a value that cannot be bound, a bug.
 */
export function troubleOf(error: unknown): LedgerTrouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const primary = resultCode(error);
  if (primary !== undefined) return troubleOfCode(primary);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EBUSY') return 'locked';
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? 'unwritable' : undefined;
}

function troubleOfCode(primary: number): LedgerTrouble | undefined {
  switch (primary) {
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return 'corrupt';
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
    case 15: // SQLITE_PROTOCOL
      return 'locked';
    case 3: // SQLITE_PERM
    case 8: // SQLITE_READONLY
    case 10: // SQLITE_IOERR
    case 13: // SQLITE_FULL
    case 14: // SQLITE_CANTOPEN
    case 22: // SQLITE_NOLFS
    case 23: // SQLITE_AUTH
      return 'unwritable';
    default:
      return undefined;
  }
}

/** SQLITE_ERROR: while opening, that the tables are not ours (`no such column`, `table exchange already exists`). */
export function isSchemaError(error: unknown): boolean {
  return error instanceof Error && resultCode(error) === 1;
}

/** True where one row is at fault, not the file: it breaks a constraint, or holds what SQLite cannot store. */
export function isRowFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const primary = resultCode(error);
  // SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH; else node:sqlite's own refusal to bind a value
  return primary === undefined
    ? error instanceof TypeError || error instanceof RangeError
    : [18, 19, 20].includes(primary);
}

function resultCode(error: Error): number | undefined {
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** Runs `work` in one write transaction; an error rolls it back and is thrown on. */
export function transact<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // SQLite rolls back by itself on some errors (disk full, I/O); then there is nothing left to undo.
    }
    throw error;
  }
}
