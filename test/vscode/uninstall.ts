import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../scripts/run-command.ts';
import { vsixPath } from '../../scripts/places.ts';
import { findAgent } from '../../src/agents/list.ts';
import { connectAgent } from '../../src/connect/connect-agent.ts';
import { rememberHome } from '../../src/connect/known-homes.ts';
import { planConnection } from '../../src/connect/plan-connection.ts';
import { VSCODE_SERVER } from './install-vscode.ts';
import { createScratch } from './scratch.ts';
import { installExtension, startVscodeServer } from './server.ts';
import { until } from './until.ts';

const BEFORE = '{"providers":{"zai-coding-plan":{"settings":{"provider":"zai-coding-plan","model":"glm-4.7"}}}}\n';

/**
 * A connected agent, in a home that is not the default one, is put back byte for byte when VS Code itself takes the extension
 * away. VS Code runs the extension's last script at its next start. Throws where it is not.
 */
export async function playUninstall(): Promise<void> {
  const scratch = createScratch();
  const { userHome, userData, extensions } = scratch;
  const file = join(userHome, '.cline', 'data', 'settings', 'providers.json');
  const home = join(scratch.root, 'elsewhere');
  try {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, BEFORE);
    await installExtension(vsixPath(), userData, extensions);
    const plan = planConnection({
      agent: findAgent('cline')!,
      places: { env: {}, userHome, platform: 'linux' },
      relayOrigin: 'http://127.0.0.1:7526',
      providerIds: ['zai'],
    });
    if (!plan.ok) throw new Error(plan.message);
    connectAgent(plan, { home, now: 0, newId: () => '1' });
    rememberHome(userHome, home);
    assert.notEqual(readFileSync(file, 'utf8'), BEFORE);
    const folders = ['--server-data-dir', userData, '--extensions-dir', extensions];
    const args = [
      VSCODE_SERVER,
      '--accept-server-license-terms',
      ...folders,
      '--uninstall-extension',
      'planward.planward',
    ];
    const run = await runCommand(process.execPath, args, { env: { HOME: userHome }, timeoutMs: 60_000 });
    assert.equal(run.code, 0, run.output);
    const server = await startVscodeServer({ ...scratch, env: { HOME: userHome } });
    try {
      await until(() => Promise.resolve(readFileSync(file, 'utf8') === BEFORE), 60_000);
    } finally {
      await server.stop();
    }
  } finally {
    await scratch.dispose();
  }
}
