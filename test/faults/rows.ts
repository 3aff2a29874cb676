import { DatabaseSync } from 'node:sqlite';
import { homePaths } from '../../src/protocol/home.ts';

/** Rows of the ledger in a home, read beside whoever writes it. */
export function ledgerRows(home: string, sql: string): readonly Record<string, unknown>[] {
  const db = new DatabaseSync(homePaths(home).ledger, { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

/** Throws where SQLite finds the ledger damaged. */
export function expectWholeLedger(home: string): void {
  const [check] = ledgerRows(home, 'PRAGMA integrity_check');
  if (check?.['integrity_check'] !== 'ok') throw new Error(`the ledger is damaged: ${JSON.stringify(check)}`);
}
