// node test/vscode/in-host.ts [--result FILE]: the suite of host-suite/ inside the extension host of a real VS Code.
// The stand-in for `code` is used unless PLANWARD_VSCODE_DESKTOP=1, which downloads a desktop VS Code and needs a display.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { CACHE, ROOT } from '../../scripts/places.ts';
import { openBackstage } from './behind-the-scene.ts';
import { buildHostSuite } from './build-suite.ts';
import { reportSuite } from './report.ts';
import { createScratch } from './scratch.ts';
import { writeSettings } from './settings.ts';
import { placeStandIn } from './stand-in-extension.ts';

const { values } = parseArgs({ options: { result: { type: 'string' } } });
const result = values.result ?? join(CACHE, 'results', 'host.json');
const desktop = process.env['PLANWARD_VSCODE_DESKTOP'] === '1';
const scratch = createScratch();
mkdirSync(dirname(result), { recursive: true });
rmSync(result, { force: true });
const backstage = await openBackstage(scratch.home);
let broke = false;
try {
  writeSettings(scratch.userData, { machine: backstage.machineSettings });
  // A second extension, which consumes the first one's API.
  const consumer = join(import.meta.dirname, 'consumer-extension');
  cpSync(consumer, join(scratch.extensions, 'planward-test.consumer-1.0.0'), { recursive: true });
  placeStandIn(scratch.extensions);
  const settingsFile = join(scratch.userData, desktop ? 'User' : 'Machine', 'settings.json');
  const extensionTestsPath = await buildHostSuite();
  const folders = [`--user-data-dir=${scratch.userData}`, `--extensions-dir=${scratch.extensions}`];
  await runTests({
    ...(desktop
      ? { cachePath: join(CACHE, 'desktop') }
      : { vscodeExecutablePath: join(import.meta.dirname, 'code-shim.ts') }),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath,
    launchArgs: [scratch.workspace, '--disable-workspace-trust', ...folders],
    extensionTestsEnv: {
      PLANWARD_SUITE_RESULT: result,
      PLANWARD_SUITE_SETTINGS: settingsFile,
      PLANWARD_HOME: scratch.home,
      HOME: scratch.userHome,
    },
  }).catch((error: unknown) => {
    broke = true;
    console.error(String(error));
  });
} finally {
  await backstage.close();
  await scratch.dispose();
}
const code = reportSuite(result);
// A suite that passed in a VS Code that then died has not passed.
process.exit(broke ? 1 : code);
