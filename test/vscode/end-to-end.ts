// node test/vscode/end-to-end.ts [--result FILE] [--theme dark|light|hc-dark|hc-light] [--only NAME,…] [--all]
//   [--workers N] [--publish]
// Installs the packaged .vsix into a real VS Code and plays e2e/ through its user interface, screenshots in .cache/shots.
// Every scenario once, the core ones in each theme; --all every one in each of its themes, --theme those that know this one.
// --publish also copies the screenshots that the docs show to docs/images.
import { cpSync, existsSync, globSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE, vsixPath } from '../../scripts/places.ts';
import { openBackstage } from './behind-the-scene.ts';
import { launchBrowser, windowUrl } from './browser.ts';
import { installVscode } from './install-vscode.ts';
import { writeLanguagePack } from './language-pack.ts';
import { readWords } from './manifest-words.ts';
import { reportSuite, writeSuiteResult } from './report.ts';
import { createCamera, openWorkbench, StepFailed, type Scenario } from './scene.ts';
import { createScratch } from './scratch.ts';
import { installExtension, startVscodeServer } from './server.ts';
import { THEMES, writeSettings, type Theme } from './settings.ts';
import { playUninstall } from './uninstall.ts';

const { values } = parseArgs({
  options: {
    result: { type: 'string', default: join(CACHE, 'results', 'e2e.json') },
    theme: { type: 'string' },
    only: { type: 'string' },
    all: { type: 'boolean', default: false },
    workers: { type: 'string', default: '2' },
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
const jobs = THEMES.flatMap((theme) =>
  scenarios.filter((scenario) => themesOf(scenario).includes(theme)).map((scenario) => ({ scenario, theme })),
);
// A scenario mostly waits for what it looks at: two at a time take half as long, and hold one core between them.
await Promise.all(
  Array.from({ length: Math.max(1, Number(values.workers) || 1) }, async () => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await playIn(job.theme, job.scenario);
  }),
);
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

function themesOf({ themes, core }: Scenario): readonly Theme[] {
  if (values.theme !== undefined) return themes.filter((theme) => theme === values.theme);
  return core === true || values.all || values.publish ? themes : themes.slice(0, 1);
}

/** Each scenario has a profile, a home, a browser and a VS Code of its own, so that none sees what another does or left. */
async function playIn(theme: Theme, scenario: Scenario): Promise<void> {
  const title = `${scenario.name} (${theme})`;
  const from = performance.now();
  try {
    const browser = await launchBrowser({ theme, scale: values.publish ? 2 : 1 });
    try {
      await play(scenario, theme, browser);
    } finally {
      await browser.close();
      if (browser.refused.length > 0) {
        const where = [...new Set(browser.refused)].join(', ');
        fail(`${title}: nothing is asked of the outside`, new Error(`the window asked for ${where}`));
      }
    }
  } catch (error) {
    if (!(error instanceof StepFailed)) fail(title, error);
  }
  say(`     ${title} took ${((performance.now() - from) / 1000).toFixed(0)} s`);
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
  const { locale } = scenario;
  if (locale !== undefined) writeLanguagePack(scratch.userData, locale);
  const env = { PLANWARD_HOME: scratch.home, HOME: scratch.userHome };
  const server = await startVscodeServer({ ...scratch, env, ...(locale === undefined ? {} : { locale }) });
  const page = await browser.newPage();
  const url = windowUrl(server, { open: scratch.workspace });
  const words = readWords(locale);
  const shot = createCamera(page, theme, values.publish);
  try {
    const workbench = await openWorkbench(page, url, words);
    await scenario.play({
      theme,
      page,
      workbench,
      workspace: scratch.workspace,
      home: scratch.home,
      userHome: scratch.userHome,
      shot,
      snapshot: () => backstage.snapshot(),
      pointAt: (upstreams) => backstage.pointAt(scratch.userData, upstreams),
      startTraffic: () => backstage.startTraffic(),
      openStream: () => backstage.openStream(),
      openWindow: async () => openWorkbench(await browser.newPage(), url, words),
      step: async (title, act) => {
        try {
          await act();
        } catch (error) {
          fail(`${scenario.name} (${theme}): ${title}`, error);
          throw new StepFailed(title, { cause: error });
        }
        passed++;
        say(`ok   ${scenario.name} (${theme}): ${title}`);
      },
    });
    const missed = (scenario.drives ?? []).filter((id) => !workbench.driven.has(id));
    if (missed.length > 0) throw new Error(`says that it drives ${missed.join(', ')}, and did not by keyboard`);
  } catch (error) {
    await shot(`failed-${scenario.name}`).catch(() => undefined);
    // What VS Code and its extension host logged, beside the picture.
    const logs = join(CACHE, 'failed', `${scenario.name}-${theme}`);
    cpSync(join(scratch.userData, 'logs'), logs, { recursive: true, force: true });
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
