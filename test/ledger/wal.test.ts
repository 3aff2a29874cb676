import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { anExchange } from './exchanges.ts';

const MB = 1024 * 1024;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-wal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the write-ahead log stays small under steady writing, and shrinks again after a reader held it up', () => {
  const path = join(folder, 'ledger.db');
  const opened = openLedger({ path });
  if (!opened.ok) throw new Error(opened.message);
  const { ledger } = opened;
  let n = 0;
  const write = (batches: number): void => {
    for (let i = 0; i < batches; i++) {
      ledger.append(Array.from({ length: 200 }, () => anExchange(n++, { startedAt: 1_000_000_000_000 + n * 1000 })));
    }
  };
  const walSize = (): number => statSync(`${path}-wal`).size;
  write(40);
  expect(walSize()).toBeLessThan(8 * MB);

  const reader = new DatabaseSync(path, { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT COUNT(*) FROM exchange').get();
  for (let i = 0; i < 100 && walSize() < 20 * MB; i++) write(10);
  expect(walSize()).toBeGreaterThan(20 * MB);
  reader.close();
  write(20);
  expect(walSize()).toBeLessThanOrEqual(16 * MB);
  ledger.close();
  expect(statSync(`${path}-wal`, { throwIfNoEntry: false })).toBe(undefined);
  expect(statSync(path).size).toBeGreaterThan(1 * MB);
});
