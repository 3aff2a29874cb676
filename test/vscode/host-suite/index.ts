// Runs inside the extension host: VS Code loads this file (bundled to CommonJS) and calls run(); a rejection means failure.
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { SUITE_MARK } from './mark.ts';

/** Rejects where a test failed or none ran. The file named by PLANWARD_SUITE_RESULT gets the counts and the failures. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: false, reporter: 'min', forbidOnly: true });
  for (const file of readdirSync(__dirname).toSorted()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const tally = { passed: 0, failed: 0, skipped: 0, skips: [] as string[], failures: [] as string[] };
  try {
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => resolve());
      runner.on('pass', (test) => {
        tally.passed++;
        say(`ok   ${test.fullTitle()} (${test.duration ?? 0} ms)`);
      });
      runner.on('fail', (test, error: unknown) => {
        tally.failed++;
        const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
        tally.failures.push(`${test.fullTitle()}\n${words}`);
        say(`FAIL ${test.fullTitle()}`);
      });
      runner.on('pending', (test) => {
        tally.skipped++;
        tally.skips.push(test.fullTitle());
      });
    });
  } catch (error) {
    tally.failed++;
    tally.failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  writeResult(tally);
  if (tally.failed > 0 || tally.passed === 0) throw new Error(`${tally.passed} passed, ${tally.failed} failed`);
}

function say(line: string): void {
  console.log(`${SUITE_MARK}${line}`);
}

/** Renamed into place, so that no reader sees half a file. */
function writeResult(tally: object): void {
  const file = process.env['PLANWARD_SUITE_RESULT'];
  if (file === undefined) throw new Error('PLANWARD_SUITE_RESULT names no file');
  writeFileSync(`${file}.part`, JSON.stringify(tally));
  renameSync(`${file}.part`, file);
}
