// node test/vscode/end-to-end.ts [--result FILE] [--theme dark|light] [--only NAME,…] [--publish]
// Installs the packaged .vsix into a real VS Code and plays e2e/ through its user interface, screenshots in .cache/shots.
// --publish also copies the screenshots that the docs show to docs/images.
import { existsSync, globSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE, vsixPath } from '../../scripts/places.ts';
import { openBackstage } from './behind-the-scene.ts';
import { launchBrowser, windowUrl } from './browser.ts';
import { installVscode } from './install-vscode.ts';
import { reportSuite, writeSuiteResult } from './report.ts';
import { createCamera, openWorkbench, StepFailed, type Scenario } from './scene.ts';
import { createScratch } from './scratch.ts';
import { installExtension, startVscodeServer } from './server.ts';
import { writeSettings, type Theme } from './settings.ts';
import { playUninstall } from './uninstall.ts';

const { values } = parseArgs({
  options: {
    result: { type: 'string', default: join(CACHE, 'results', 'e2e.json') },
    theme: { type: 'string' },
    only: { type: 'string' },
    publish: { type: 'boolean', default: false },
  },
});
const began = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`);

if (!existsSync(vsixPath())) {
  console.error(`${basename(vsixPath())} is not there: npm run package makes it.`);
  process.exit(1);
}
await installVscode(say);
const failures: string[] = [];
let passed = 0;
const wanted = values.only?.split(',');
const scenarios = (await readScenarios()).filter(({ name }) => wanted === undefined || wanted.includes(name));
for (const theme of ['dark', 'light'] as const) {
  const played = scenarios.filter(({ themes }) => themes.includes(theme));
  if (played.length > 0 && (values.theme ?? theme) === theme) await playAll(theme, played);
}
if (wanted === undefined || wanted.includes('uninstall')) {
  const title = 'taken away by VS Code, it leaves no agent pointed at the relay';
  await playUninstall().then(
    () => {
      passed++;
      say(`ok   ${title}`);
    },
    (error: unknown) => fail(title, error),
  );
}
writeSuiteResult(values.result, { passed, failed: failures.length, skipped: 0, skips: [], failures });
process.exit(reportSuite(values.result));

async function readScenarios(): Promise<readonly Scenario[]> {
  const files = globSync('e2e/*.ts', { cwd: import.meta.dirname }).toSorted();
  const modules = await Promise.all(files.map((file) => import(`./${file}`) as Promise<{ scenario: Scenario }>));
  return modules.map((module) => module.scenario);
}

/** Each scenario has a profile, a home and a VS Code of its own, so that none sees what another left. */
async function playAll(theme: Theme, played: readonly Scenario[]): Promise<void> {
  const browser = await launchBrowser({ theme, scale: values.publish ? 2 : 1 });
  try {
    for (const scenario of played) {
      say(`${scenario.name} (${theme})`);
      await play(scenario, theme, browser).catch((error: unknown) => {
        if (error instanceof StepFailed) return;
        fail(`${scenario.name} (${theme})`, error);
      });
    }
    if (browser.refused.length > 0) {
      const where = [...new Set(browser.refused)].join(', ');
      fail(`nothing is asked of the outside (${theme})`, new Error(`the window asked for ${where}`));
    }
  } finally {
    await browser.close();
  }
}

async function play(
  scenario: Scenario,
  theme: Theme,
  browser: Awaited<ReturnType<typeof launchBrowser>>,
): Promise<void> {
  const scratch = createScratch();
  const backstage = await openBackstage(scratch.home);
  writeSettings(scratch.userData, { theme, machine: backstage.machineSettings });
  writeFileSync(join(scratch.workspace, 'notes.md'), '# Notes\n');
  await installExtension(vsixPath(), scratch.userData, scratch.extensions);
  const env = { PLANWARD_HOME: scratch.home, HOME: scratch.userHome };
  const server = await startVscodeServer({ ...scratch, env });
  const page = await browser.newPage();
  const url = windowUrl(server, { open: scratch.workspace });
  const shot = createCamera(page, theme, values.publish);
  try {
    const workbench = await openWorkbench(page, url);
    await scenario.play({
      theme,
      page,
      workbench,
      workspace: scratch.workspace,
      home: scratch.home,
      userHome: scratch.userHome,
      shot,
      snapshot: () => backstage.snapshot(),
      startTraffic: () => backstage.startTraffic(),
      openStream: () => backstage.openStream(),
      openWindow: async () => openWorkbench(await browser.newPage(), url),
      step: async (title, act) => {
        try {
          await act();
        } catch (error) {
          fail(`${scenario.name} (${theme}): ${title}`, error);
          throw new StepFailed(title, { cause: error });
        }
        passed++;
        say(`ok   ${title}`);
      },
    });
  } catch (error) {
    await shot(`failed-${scenario.name}`).catch(() => undefined);
    throw error;
  } finally {
    // Leaving the page lets the extension deactivate; a closed browser would keep its host waiting.
    await page.goto('about:blank').catch(() => undefined);
    await page.close().catch(() => undefined);
    await server.stop();
    await backstage.close();
    await scratch.dispose();
  }
}

function fail(title: string, error: unknown): void {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // Chromium's own log stands in the middle of a message, and says nothing of the page.
  failures.push(`${title}\n${words.replace(/Browser logs:[\s\S]*?(?=Call log:|\n {4}at )/, '')}`);
  say(`FAIL ${title}`);
}
