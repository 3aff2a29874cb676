#!/usr/bin/env node
// Stands in for the desktop `code` program towards @vscode/test-electron: runs the suite in VS Code's server with a headless
// browser as its window, shows what the suite says, and exits with its verdict. Understands --extensionDevelopmentPath=,
// --extensionTestsPath=, --user-data-dir=, --extensions-dir= and one folder or workspace.
import { resolve } from 'node:path';
import { format } from 'node:util';
import { parseArgs } from 'node:util';
import { launchBrowser, windowUrl } from './browser.ts';
import { SUITE_MARK } from './host-suite/mark.ts';
import { createScratch } from './scratch.ts';
import { startVscodeServer } from './server.ts';

const LIMIT_MS = Number(process.env['PLANWARD_SUITE_LIMIT_MS'] ?? 150_000);

const { values, positionals } = parseArgs({ args: process.argv.slice(2), strict: false, allowPositionals: true });
const path = (name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? resolve(value) : undefined;
};

process.exit(await runSuite());

async function runSuite(): Promise<number> {
  const scratch = createScratch();
  const userData = path('user-data-dir') ?? scratch.userData;
  const extensions = path('extensions-dir') ?? scratch.extensions;
  const server = await startVscodeServer({ root: scratch.root, userData, extensions, testDriver: true });
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  try {
    const page = await browser.newPage();
    const verdict = new Promise<number>((done) => {
      page.once('crash', () => done(70));
      // VS Code calls these itself; they have to be there before it loads.
      void page.exposeFunction('codeAutomationExit', done);
      setTimeout(done, LIMIT_MS, 124).unref();
    });
    await page.exposeFunction('codeAutomationLog', (_type: string, words: unknown[]) => {
      const line = format(...words);
      if (line.includes(SUITE_MARK)) console.log(line.slice(line.indexOf(SUITE_MARK) + SUITE_MARK.length));
    });
    const developmentPath = path('extensionDevelopmentPath');
    const testsPath = path('extensionTestsPath');
    const target = windowUrl(server, {
      open: resolve(positionals.at(-1) ?? scratch.workspace),
      ...(developmentPath === undefined ? {} : { developmentPath }),
      ...(testsPath === undefined ? {} : { testsPath }),
    });
    await page.goto(target, { timeout: 60_000 });
    return judge(await verdict, server.log());
  } finally {
    for (const address of new Set(browser.refused)) console.log(`refused a request to ${address}`);
    await browser.close().catch(() => undefined);
    await server.stop();
    await scratch.dispose();
  }
}

/** VS Code reports an extension host that died as success here; only the server's log tells. */
function judge(verdict: number, log: string): number {
  const death = /Extension Host Process exited with code: (?!0, signal: null)\w+, signal: \w+/.exec(log)?.[0];
  if (death !== undefined) console.error(`the extension host died: ${death}`);
  if (verdict === 124) console.error(`the suite did not end within ${LIMIT_MS / 1000} s\n${log.slice(-3000)}`);
  return verdict === 0 && death !== undefined ? 70 : verdict;
}
