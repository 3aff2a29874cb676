import { chmodSync, closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { createLedger, type Ledger } from './ledger.ts';
import { migrate, SCHEMA_VERSION, schemaVersionOf } from './migrations.ts';
import { isSchemaError, loadSqlite, troubleOf, type Database, type LedgerTrouble, type Sqlite } from './sqlite.ts';

export interface LedgerPlace {
  readonly path: string;
  /** How long a statement waits for another program's lock. */
  readonly busyTimeoutMs?: number;
  /** Node's SQLite; tests say "missing" with `() => undefined`. */
  readonly sqlite?: () => Sqlite | undefined;
}

export type OpenedLedger =
  | {
      readonly ok: true;
      readonly ledger: Ledger;
      /** True where the last user of the file did not close it: worth a `check()` when there is time. */
      readonly unclean: boolean;
      /** Identity of the file that was opened, to notice that it was deleted or replaced. */
      readonly fileId: string;
    }
  | { readonly ok: false; readonly reason: LedgerTrouble; readonly message: string };

/**
 * Opens the ledger at `path`, new where there is none, and brings its schema up to date. Mode 0600.
 * A ledger of a newer version is closed again, its content unread and unchanged. Never throws.
 */
export function openLedger(place: LedgerPlace): OpenedLedger {
  const sqlite = (place.sqlite ?? loadSqlite)();
  if (sqlite === undefined) {
    return { ok: false, reason: 'no-sqlite', message: `Node ${process.versions.node} has no node:sqlite` };
  }
  let db: Database | undefined;
  try {
    const unclean = sizeOf(`${place.path}-wal`) > 0;
    makePrivate(place.path);
    db = new sqlite.DatabaseSync(place.path);
    db.exec(`PRAGMA busy_timeout = ${place.busyTimeoutMs ?? 2000}`);
    const version = schemaVersionOf(db);
    if (version > SCHEMA_VERSION) {
      db.close();
      const message = `its schema is version ${version}, this program knows ${SCHEMA_VERSION}`;
      return { ok: false, reason: 'newer', message };
    }
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 16777216',
    );
    migrate(db);
    return { ok: true, ledger: createLedger(db), unclean, fileId: ledgerFileId(place.path) };
  } catch (error) {
    if (db !== undefined) closeQuietly(db);
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: isSchemaError(error) ? 'corrupt' : (troubleOf(error) ?? 'unwritable'), message };
  }
}

/** Device and inode of the file now at `path`; '' where there is none. */
export function ledgerFileId(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? '' : `${stat.dev}:${stat.ino}`;
}

/**
 * Renames a damaged ledger and its side files to `<path>.corrupt-<stamp>`, so that a new one can begin there.
 * Gives the new name. Throws where the folder cannot be written.
 */
export function setLedgerAside(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  let aside = `${path}.corrupt-${stamp}`;
  for (let n = 2; existsSync(aside); n++) aside = `${path}.corrupt-${stamp}-${n}`;
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  return aside;
}

/** SQLite gives `-wal` and `-shm` the mode of the database file, so that one is made first and never with more rights. */
function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  if (process.platform === 'win32') return;
  for (const suffix of ['', '-wal', '-shm']) {
    const stat = statSync(path + suffix, { throwIfNoEntry: false });
    if (stat !== undefined && (stat.mode & 0o077) !== 0) chmodSync(path + suffix, 0o600);
  }
}

function closeQuietly(db: Database): void {
  try {
    db.close();
  } catch {
    // The opening has failed already and says why.
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
