import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { findRelay } from '../../../src/client/find-relay.ts';
import { profileEntries } from '../../../src/connect/agent-profiles.ts';
import { profilesOf, takeBackProfiles } from '../../../src/extension/agent-profiles.ts';
import { until } from '../until.ts';

const HOME = process.env['PLANWARD_HOME'] ?? '';
const URL = 'http://127.0.0.1:7526/@roo-code/zai/api/coding/paas/v4';
const KEY = 'sk-test-000';

interface StandIn {
  all(): Readonly<Record<string, unknown>>;
  getActiveProfile(): string;
  upsertProfile(name: string, profile: object, activate: boolean): Promise<string>;
  deleteProfile(name: string): Promise<void>;
}

/** With a stand-in for the agent's extension, which offers the same functions. */
describe('profiles of an agent’s own extension', () => {
  it('get one of ours beside the user’s, with the key handed on and kept nowhere, and are as before when it is taken back', async () => {
    const standIn = (await vscode.extensions.getExtension('RooVeterinaryInc.roo-cline')!.activate()) as StandIn;
    const before = standIn.all();
    const profiles = await profilesOf('roo-code', HOME);
    assert.ok(profiles);
    assert.equal(profiles.inTheWay(), undefined);

    await profiles.make('zai', URL, KEY);
    assert.equal(standIn.getActiveProfile(), 'Planward');
    assert.deepEqual(standIn.all()['Planward'], {
      apiProvider: 'openai',
      openAiBaseUrl: URL,
      openAiApiKey: KEY,
      openAiModelId: 'glm-4.7',
    });
    assert.deepEqual(
      profileEntries(HOME).map(({ agentId, profile, before: was }) => [agentId, profile, was]),
      [['roo-code', 'Planward', 'default']],
    );
    assert.ok(!readFileSync(join(HOME, 'agent-profiles.json'), 'utf8').includes(KEY));
    // Another provider: what was in use before is still what comes back.
    await profiles.make('anthropic', URL, undefined);
    assert.deepEqual(standIn.all()['Planward'], {
      apiProvider: 'anthropic',
      anthropicBaseUrl: URL,
      apiModelId: 'glm-4.7',
    });

    assert.deepEqual(await takeBackProfiles(HOME), ['roo-code']);
    assert.deepEqual(standIn.all(), before);
    assert.equal(standIn.getActiveProfile(), 'default');
    assert.deepEqual(profileEntries(HOME), []);
    assert.deepEqual(await takeBackProfiles(HOME), []);
  });

  it('are left alone where one of that name is the user’s own, or where the user changed ours', async () => {
    const standIn = (await vscode.extensions.getExtension('RooVeterinaryInc.roo-cline')!.activate()) as StandIn;
    const profiles = await profilesOf('roo-code', HOME);
    assert.ok(profiles);
    await standIn.upsertProfile('Planward', { apiProvider: 'openai', openAiBaseUrl: 'https://own.example' }, false);
    assert.equal(profiles.inTheWay(), 'taken');
    await standIn.deleteProfile('Planward');

    await profiles.make('zai', URL, KEY);
    await standIn.upsertProfile('Planward', { apiProvider: 'openai', openAiBaseUrl: 'https://own.example' }, true);
    assert.deepEqual(await takeBackProfiles(HOME), []);
    assert.ok('Planward' in standIn.all());
    assert.deepEqual(profileEntries(HOME), []);
    await standIn.deleteProfile('Planward');
    assert.equal(standIn.getActiveProfile(), 'default');
  });

  it('are what Connect an Agent… and Disconnect an Agent… use, after the user chose, saw and agreed', async () => {
    const standIn = (await vscode.extensions.getExtension('RooVeterinaryInc.roo-cline')!.activate()) as StandIn;
    const before = standIn.all();
    await until(async () => (await findRelay(HOME)).ok, 15_000);
    // It goes on waiting for the agent's first request; it gives up where the window does not follow the relay yet.
    let running = false;
    const connect = async () => {
      running = true;
      await vscode.commands.executeCommand('planward.connectAgent', 'roo-code');
      running = false;
    };
    // Which provider, whether to write it, and no key.
    await until(async () => {
      if (!running) void connect();
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return standIn.getActiveProfile() === 'Planward';
    }, 30_000);
    const { openAiBaseUrl } = standIn.all()['Planward'] as { readonly openAiBaseUrl?: string };
    assert.match(openAiBaseUrl ?? '', /^http:\/\/127\.0\.0\.1:\d+\/@roo-code\/zai\/api\/coding\/paas\/v4$/);
    await vscode.commands.executeCommand('planward.disconnectAgent', 'roo-code');
    assert.deepEqual(standIn.all(), before);
    assert.equal(standIn.getActiveProfile(), 'default');
    assert.deepEqual(profileEntries(HOME), []);
  });

  it('are nothing to us where the extension is not installed', async () => {
    assert.equal(await profilesOf('claude-code', HOME), undefined);
  });
});
