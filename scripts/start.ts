// npm start [-- SCENARIO] [--headless | --browser]: Planward at work on simulated traffic, in a scratch home, until Ctrl-C.
// In a desktop VS Code where `code` is on PATH, else in a VS Code in the browser; --headless draws the meter in the terminal.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDemo } from '../test/support/demo.ts';
import { SCENARIOS, scenarioOf } from '../test/support/scenarios/list.ts';
import { createScratch } from '../test/vscode/scratch.ts';
import { writeSettings } from '../test/vscode/settings.ts';
import { buildPrograms, packageExtension } from './packaging.ts';
import type { CommandRun } from './run-command.ts';
import { createCleanUp } from './start/clean-up.ts';
import { findDesktopCode, serveInBrowser, showOnDesktop } from './start/show-in-vscode.ts';
import { watchInTerminal } from '../src/cli/watch-in-terminal.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    headless: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log('npm start                  VS Code on simulated traffic (the desktop one, else in the browser)');
  console.log('npm start -- --browser     in the browser, even where a desktop VS Code is installed');
  console.log('npm start -- --headless    no VS Code: a live meter in the terminal');
  console.log('npm start -- burst         another story than a normal day:');
  for (const { id, about } of SCENARIOS) console.log(`  ${id.padEnd(20)} ${about}`);
  process.exit(0);
}
const [story = 'normal-day'] = positionals;
const scenario = scenarioOf(story);
if (scenario === undefined || positionals.length > 1) {
  const known = SCENARIOS.map(({ id }) => id).join(', ');
  console.error(`There is no scenario "${positionals.join(' ')}". Known: ${known}`);
  process.exit(2);
}

const WELCOME = `# Planward at work

Two simulated agents talk to a mock provider through the relay. Nothing leaves this machine, and no account is used.

- The meter stands in the status bar, at the bottom left; hover over it.
- The Planward icon in the activity bar opens plans and activity.
- The command palette has "Planward: Show Plan Usage".
`;

const began = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`);
const cleanUp = createCleanUp();
const leaving = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leaving.abort());
leaving.signal.addEventListener('abort', () => console.log('\nending everything that was started…'));

let code = 0;
try {
  await show();
} catch (error) {
  if (!leaving.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    code = 1;
  }
}
await cleanUp.run();
process.exit(code);

async function show(): Promise<void> {
  const desktop = values.browser || values.headless ? undefined : findDesktopCode();
  await succeed('programs built', buildPrograms());
  const scratch = createScratch();
  cleanUp.add(() => scratch.dispose());
  const demo = await startDemo({ home: scratch.home, speed: 2, scenario });
  cleanUp.add(() => demo.close());
  say(`relay at ${demo.relay.url}, behind it a mock provider, before it two simulated agents`);
  if (leaving.signal.aborted) return;
  if (values.headless) {
    say('the meter, live; Ctrl-C ends it\n');
    return watchInTerminal(scratch.home, leaving.signal);
  }
  await succeed('extension packaged', packageExtension());
  writeFileSync(join(scratch.workspace, 'README.md'), WELCOME);
  writeSettings(scratch.userData, { machine: { 'planward.relay.port': demo.relay.port } });
  if (leaving.signal.aborted) return;
  if (desktop !== undefined) {
    say(`VS Code opens (${desktop}), with a profile of its own`);
    box(['The meter stands in the status bar, at the bottom left.', 'Close the window or press Ctrl-C here to end.']);
    return showOnDesktop(desktop, scratch, leaving.signal);
  }
  const { url, ended } = await serveInBrowser(scratch, cleanUp, say);
  say('VS Code is up');
  box([
    'Open this address in a browser on this machine:',
    '',
    url,
    '',
    'The meter stands in the status bar, at the bottom left. Ctrl-C here ends it all.',
  ]);
  const left = new Promise<void>((resolve) =>
    leaving.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  await Promise.race([left, ended]);
}

async function succeed(what: string, step: Promise<CommandRun>): Promise<void> {
  const run = await step;
  if (run.code !== 0) throw new Error(`not ${what}:\n${run.output}`);
  say(what);
}

function box(lines: readonly string[]): void {
  const width = Math.max(...lines.map((line) => line.length));
  const row = (line: string): string => `│  ${line.padEnd(width)}  │`;
  console.log([`╭${'─'.repeat(width + 4)}╮`, ...lines.map(row), `╰${'─'.repeat(width + 4)}╯`].join('\n'));
}
