import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../until.ts';

const HOME = process.env['PLANWARD_HOME'] ?? '';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('the extension', () => {
  const extension = vscode.extensions.getExtension('planward.planward');
  assert.ok(extension, 'planward.planward is not installed');

  it('is activated by the start of VS Code alone', async () => {
    await until(() => extension.isActive, 15_000);
  });

  it('runs on the side of the files, next to the agents', () => {
    assert.equal(extension.extensionKind, vscode.ExtensionKind.Workspace);
  });

  it('registers every command of its manifest', async () => {
    const { contributes } = extension.packageJSON as Manifest;
    const known = await vscode.commands.getCommands(true);
    assert.ok(contributes.commands.length > 0);
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !known.includes(command)),
      [],
    );
  });

  it('starts a relay in its own home, from a copy that survives an update of the extension', async () => {
    await until(() => existsSync(join(HOME, 'endpoint.json')), 15_000);
    const { version } = extension.packageJSON as { version: string };
    assert.ok(existsSync(join(HOME, `relay-${version}.cjs`)));
  });
});
