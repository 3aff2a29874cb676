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

  it('is used by a second extension: snapshot, changes and plans', async function () {
    this.timeout(60_000);
    assert.ok(vscode.extensions.getExtension('planward-test.consumer'), 'the second extension is not installed');
    let told = await tell();
    const knows = async (): Promise<boolean> => {
      told = await tell();
      return told.schema !== undefined;
    };
    await until(knows, 15_000);
    // It may have come after the first Snapshot, and nothing happens here by itself.
    await vscode.commands.executeCommand('planward.slowDown', 'zai');
    await until(async () => (await knows()) && told.changes > 0, 30_000);
    await vscode.commands.executeCommand('planward.stopSlowingDown', 'zai');
    assert.equal(told.schema, 'planward.status.v1');
    assert.equal(told.version, 1);
    assert.ok(told.frozen);
    assert.ok(told.plans > 5);
    assert.deepEqual(told.members, ['onDidChange', 'plans', 'snapshot', 'version']);
  });
});
