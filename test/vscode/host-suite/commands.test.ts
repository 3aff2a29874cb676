import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { fetchSettings } from '../../../src/client/call-relay.ts';
import { findRelay } from '../../../src/client/find-relay.ts';
import type { RelaySettings } from '../../../src/protocol/relay-settings.ts';
import { until } from '../until.ts';

const HOME = process.env['PLANWARD_HOME'] ?? '';

async function relaySettings(): Promise<RelaySettings> {
  const found = await findRelay(HOME);
  if (!found.ok) throw new Error(found.message);
  const called = await fetchSettings(found.endpoint);
  if (!called.ok) throw new Error(called.message);
  return called.value;
}

const run = (command: string, argument?: unknown) => vscode.commands.executeCommand(`planward.${command}`, argument);
const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);

describe('the commands', () => {
  before(() => until(async () => (await findRelay(HOME)).ok, 15_000));

  it('pause and resume an agent that a link names', async () => {
    // The window follows the relay a moment after the relay is there; before that the command only says so.
    await until(async () => {
      await run('pauseAgent', 'cline');
      return (await relaySettings()).pausedAgents.includes('cline');
    }, 15_000);
    await run('resumeAgent', { subject: 'cline' });
    assert.deepEqual((await relaySettings()).pausedAgents, []);
  });

  it('slow a provider down, and stop that again', async () => {
    await run('slowDown', 'zai');
    assert.deepEqual((await relaySettings()).pacedProviders, ['zai']);
    await run('stopSlowingDown', 'zai');
    assert.deepEqual((await relaySettings()).pacedProviders, []);
  });

  it('explain a code, and any text, on a page', async () => {
    await run('explainCode', '1313');
    await until(() => Promise.resolve(tabs().some((label) => label.includes('1313'))), 10_000);
    await run('explainCode', '{"error":{"code":"1302","message":"Rate limit"}}');
    await until(() => Promise.resolve(tabs().some((label) => label.includes('1302'))), 10_000);
  });

  it('show the connection journal', async () => {
    await run('showJournal');
    await until(() => Promise.resolve(tabs().some((label) => label.includes('Connection journal'))), 10_000);
  });

  it('restore direct connections, also those that no journal knows of', async () => {
    // Only ever in a home of the run's own.
    assert.ok(HOME.startsWith(join(homedir(), '..')), 'the suite does not run in a scratch home');
    const folder = join(homedir(), '.claude');
    const file = join(folder, 'settings.json');
    mkdirSync(folder, { recursive: true });
    try {
      const relayed = '{ "env": { "ANTHROPIC_BASE_URL": "http://127.0.0.1:7526/@claude-code/zai/api/anthropic" } }\n';
      writeFileSync(file, relayed);
      await run('restoreDirect');
      assert.equal(
        readFileSync(file, 'utf8'),
        '{ "env": { "ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic" } }\n',
      );
      assert.deepEqual((await relaySettings()).routedAgents, []);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
