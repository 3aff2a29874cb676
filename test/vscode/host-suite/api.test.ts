import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { until } from '../until.ts';

interface Told {
  readonly version: number;
  readonly frozen: boolean;
  readonly changes: number;
  readonly schema: string | undefined;
  readonly plans: number;
  readonly members: readonly string[];
}

describe('the API for other extensions', () => {
  const tell = async (): Promise<Told> => await vscode.commands.executeCommand<Told>('consumer.tell');

  it('is used by a second extension: snapshot, changes and plans', async () => {
    assert.ok(vscode.extensions.getExtension('planward-test.consumer'), 'the second extension is not installed');
    let told = await tell();
    await until(async () => {
      told = await tell();
      return told.schema !== undefined && told.changes > 0;
    }, 30_000);
    assert.equal(told.schema, 'planward.status.v1');
    assert.equal(told.version, 1);
    assert.ok(told.frozen);
    assert.ok(told.plans > 5);
    assert.deepEqual(told.members, ['onDidChange', 'plans', 'snapshot', 'version']);
  });
});
