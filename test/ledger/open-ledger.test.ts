import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledgerFileId, openLedger, setLedgerAside } from '../../src/ledger/open-ledger.ts';
import { troubleOf } from '../../src/ledger/sqlite.ts';
import { anExchange, T0 } from './exchanges.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-open-'));
  path = join(folder, 'ledger.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function open() {
  const opened = openLedger({ path, busyTimeoutMs: 50 });
  if (!opened.ok) throw new Error(`${opened.reason}: ${opened.message}`);
  return opened;
}

test.skipIf(process.platform === 'win32')('the ledger and its side files are readable by their owner only', () => {
  writeFileSync(path, '', { mode: 0o644 });
  const { ledger } = open();
  ledger.append([anExchange(1)]);
  const modes = ['', '-wal', '-shm'].map((suffix) => statSync(path + suffix).mode & 0o777);
  ledger.close();
  expect(modes).toEqual([0o600, 0o600, 0o600]);
});

test('writes ahead to a log, which a clean close folds into the file', () => {
  const { ledger } = open();
  ledger.append([anExchange(1)]);
  const db = new DatabaseSync(path);
  expect(db.prepare('PRAGMA journal_mode').get()?.['journal_mode']).toBe('wal');
  db.close();
  ledger.close();
  expect(readdirSync(folder)).toEqual(['ledger.db']);
  expect(open().unclean).toBe(false);
});

test('says that the last user of the file did not close it', () => {
  const first = open();
  first.ledger.append([anExchange(1)]);
  const second = open();
  expect(second.unclean).toBe(true);
  expect(second.ledger.count()).toBe(1);
  first.ledger.close();
  second.ledger.close();
});

test('without node:sqlite it says so', () => {
  expect(openLedger({ path, sqlite: () => undefined })).toMatchObject({ ok: false, reason: 'no-sqlite' });
});

test('a ledger of a newer version is reported and not changed', () => {
  const db = new DatabaseSync(path);
  db.exec('CREATE TABLE tomorrow (x); PRAGMA user_version = 999');
  db.close();
  const before = readFileSync(path);
  expect(openLedger({ path })).toMatchObject({ ok: false, reason: 'newer' });
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a file that is no database is corrupt', () => {
  writeFileSync(path, 'this is not a database '.repeat(500));
  expect(openLedger({ path })).toMatchObject({ ok: false, reason: 'corrupt' });
});

test('a database with other tables is corrupt, for it is not our ledger', () => {
  const db = new DatabaseSync(path);
  db.exec('CREATE TABLE exchange (rate)');
  db.close();
  expect(openLedger({ path })).toMatchObject({ ok: false, reason: 'corrupt' });
});

test('a ledger that lost a table is corrupt', () => {
  open().ledger.close();
  const db = new DatabaseSync(path);
  db.exec('DROP TABLE burn');
  db.close();
  expect(openLedger({ path })).toMatchObject({ ok: false, reason: 'corrupt' });
});

test('damaged pages are found by the check', () => {
  const { ledger } = open();
  ledger.append(Array.from({ length: 2000 }, (_, n) => anExchange(n)));
  expect(ledger.check()).toBeUndefined();
  ledger.close();
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 40 * 4096, 44 * 4096);
  writeFileSync(path, bytes);
  const damaged = open().ledger;
  let found: string | undefined;
  try {
    found = damaged.check();
  } catch (error) {
    found = troubleOf(error);
  }
  damaged.close();
  expect(found).toBeTypeOf('string');
});

test('a ledger that another program holds is locked, and opens once it lets go', () => {
  open().ledger.close();
  const holder = new DatabaseSync(path);
  holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  expect(openLedger({ path, busyTimeoutMs: 20 })).toMatchObject({ ok: false, reason: 'locked' });
  holder.exec('COMMIT');
  holder.close();
  open().ledger.close();
});

test('a folder that is not there or cannot be written is unwritable', () => {
  expect(openLedger({ path: join(folder, 'absent', 'ledger.db') })).toMatchObject({ ok: false, reason: 'unwritable' });
  mkdirSync(path);
  expect(openLedger({ path })).toMatchObject({ ok: false, reason: 'unwritable' });
});

test.skipIf(process.getuid?.() === 0)('a folder without write rights is unwritable', () => {
  chmodSync(folder, 0o500);
  expect(openLedger({ path })).toMatchObject({ ok: false, reason: 'unwritable' });
  chmodSync(folder, 0o700);
});

test('a ledger set aside keeps its side files, and never takes the name of an earlier one', () => {
  for (const suffix of ['', '-wal', '-shm']) writeFileSync(path + suffix, suffix);
  expect(setLedgerAside(path, T0)).toBe(`${path}.corrupt-20260907T120000Z`);
  writeFileSync(path, 'again');
  expect(setLedgerAside(path, T0)).toBe(`${path}.corrupt-20260907T120000Z-2`);
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(folder).toSorted()).toEqual([
    'ledger.db.corrupt-20260907T120000Z',
    'ledger.db.corrupt-20260907T120000Z-2',
    'ledger.db.corrupt-20260907T120000Z-shm',
    'ledger.db.corrupt-20260907T120000Z-wal',
  ]);
});

test('the identity of the file changes when it is replaced', () => {
  const opened = open();
  expect(ledgerFileId(path)).toBe(opened.fileId);
  opened.ledger.close();
  rmSync(path);
  expect(ledgerFileId(path)).toBe('');
});
