import { strict as assert } from 'node:assert';
import { DatabaseSync } from 'node:sqlite';
import * as vscode from 'vscode';

describe('the extension host', () => {
  it('has the SQLite that the ledger needs', () => {
    const database = new DatabaseSync(':memory:');
    try {
      database.exec('CREATE TABLE t (a INTEGER)');
      database.prepare('INSERT INTO t VALUES (?)').run(7526);
      assert.deepEqual({ ...database.prepare('SELECT a FROM t').get() }, { a: 7526 });
    } finally {
      database.close();
    }
  });

  it('is at least the VS Code that the manifest asks for', () => {
    const [major, minor] = vscode.version.split('.').map(Number);
    assert.equal(major, 1);
    assert.ok((minor ?? 0) >= 101, vscode.version);
  });
});
