import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { findAgent } from '../../../src/agents/list.ts';
import { changeEditorSettings, editorChanges, restoreEditorSettings } from '../../../src/extension/editor-settings.ts';
import { until } from '../until.ts';

const HOME = process.env['PLANWARD_HOME'] ?? '';
const FILE = process.env['PLANWARD_SUITE_SETTINGS'] ?? '';
const ENVIRONMENT = [
  { name: 'ANTHROPIC_BASE_URL', value: 'https://api.z.ai/api/anthropic' },
  { name: 'OTHER', value: 'stays' },
];

/** With a stand-in for the agent's extension, which declares the two settings and nothing else. */
describe('settings of VS Code for an agent’s own extension', () => {
  it('are planned only where they are declared, written through VS Code, and taken back byte for byte', async () => {
    const agent = findAgent('claude-code');
    assert.ok(agent);
    const relay = { home: HOME, origin: 'http://127.0.0.1:7526', gateways: [] };
    const section = () => vscode.workspace.getConfiguration('claudeCode');
    await section().update('environmentVariables', ENVIRONMENT, vscode.ConfigurationTarget.Global);
    const before = readFileSync(FILE, 'utf8');
    assert.match(before, /api\.z\.ai/);

    const changes = editorChanges(agent, relay);
    assert.deepEqual(
      changes.map(({ key }) => key),
      ['environmentVariables', 'disableLoginPrompt'],
    );
    await changeEditorSettings(agent, relay, changes, HOME);
    await until(
      () => readFileSync(FILE, 'utf8').includes('http://127.0.0.1:7526/@claude-code/zai/api/anthropic'),
      5000,
    );
    assert.deepEqual(section().get('environmentVariables'), [
      { name: 'ANTHROPIC_BASE_URL', value: 'http://127.0.0.1:7526/@claude-code/zai/api/anthropic' },
      ENVIRONMENT[1],
    ]);
    assert.equal(section().get('disableLoginPrompt'), true);
    assert.deepEqual(editorChanges(agent, relay), []);

    assert.deepEqual((await restoreEditorSettings(HOME, 'claude-code')).toSorted(), [
      'claudeCode.disableLoginPrompt',
      'claudeCode.environmentVariables',
    ]);
    assert.equal(readFileSync(FILE, 'utf8'), before);
    await section().update('environmentVariables', undefined, vscode.ConfigurationTarget.Global);
  });
});
