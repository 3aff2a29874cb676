import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './checks.ts';
import { buildPrograms, packageExtension } from './packaging.ts';
import { CACHE, ROOT } from './places.ts';
import { runCommand, type CommandRun } from './run-command.ts';
import { readTally, type Tally } from './tally.ts';

export interface StageResult {
  readonly ok: boolean;
  /** Absent for a step that runs no tests of its own (build, install). */
  readonly tally?: Tally;
  /** What it wrote, shown where it failed. */
  readonly output: string;
}

export interface Stage {
  readonly id: string;
  /** What it does, for the progress line. */
  readonly title: string;
  /** Stages that must have succeeded before. */
  readonly needs: readonly string[];
  run(say: (line: string) => void): Promise<StageResult>;
}

const RESULTS = join(CACHE, 'results');

/** Everything `npm test` does, in order. */
export const STAGES: readonly Stage[] = [
  { id: 'check', title: 'format, lint, types, unit tests, dead code', needs: [], run: runChecks },
  { id: 'build', title: 'bundle the programs', needs: [], run: async () => step(await buildPrograms()) },
  {
    id: 'integration',
    title: 'relay, ledger, client and command line with real sockets and processes',
    needs: ['build'],
    run: (say) => {
      const report = reportOf('integration');
      const args = ['run', '--project', 'integration', '--reporter=default', '--reporter=json'];
      return tests(say, 'integration', 'vitest', [...args, `--outputFile.json=${report}`], 600_000);
    },
  },
  { id: 'package', title: 'make the .vsix', needs: ['build'], run: async () => step(await packageExtension()) },
  {
    id: 'vscode',
    title: 'install the VS Code and the browser of the tests (once, then cached)',
    needs: [],
    run: async (say) => {
      const args = ['test/vscode/install.ts'];
      return step(await runCommand(process.execPath, args, { cwd: ROOT, timeoutMs: 480_000, onLine: say }));
    },
  },
  script(
    'host',
    'suite inside the extension host of a real VS Code',
    ['build', 'vscode'],
    'test/vscode/in-host.ts',
    240_000,
  ),
  script(
    'e2e',
    'the packaged extension driven through the user interface',
    ['package', 'vscode'],
    'test/vscode/end-to-end.ts',
    600_000,
  ),
  script('agents', 'real coding agents through the relay', ['build'], 'test/agents/run.ts', 600_000, ['--core']),
  script('bench', 'a short bench run, for its own sanity', ['build'], 'bench/smoke.ts', 180_000),
];

/** A stage that is one of our own runners: it takes `--result FILE` and writes `{passed, failed, skipped, skips?}` there. */
function script(
  id: string,
  title: string,
  needs: readonly string[],
  file: string,
  timeoutMs: number,
  more: readonly string[] = [],
): Stage {
  const args = [file, '--result', reportOf(id), ...more];
  const run: Stage['run'] = (say) => tests(say, id, process.execPath, args, timeoutMs);
  return { id, title, needs, run };
}

function reportOf(id: string): string {
  return join(RESULTS, `${id}.json`);
}

function step(run: CommandRun): StageResult {
  return { ok: run.code === 0, output: run.output };
}

/** Runs a test runner and believes its result file, not its words; a stage in which no test passed has failed. */
async function tests(
  say: (line: string) => void,
  id: string,
  command: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<StageResult> {
  mkdirSync(RESULTS, { recursive: true });
  rmSync(reportOf(id), { force: true });
  const run = await runCommand(command, args, {
    cwd: ROOT,
    env: { NO_COLOR: '1', FORCE_COLOR: undefined },
    timeoutMs,
    onLine: (line) => say(line.trimEnd()),
  });
  const tally = existsSync(reportOf(id)) ? readTally(reportOf(id)) : undefined;
  if (tally === undefined) {
    return {
      ok: false,
      tally: { passed: 0, failed: 1, skipped: 0 },
      output: `${run.output}\nno result file was written`,
    };
  }
  const empty = tally.passed + tally.failed + tally.skipped === 0;
  const failed = Math.max(tally.failed, run.code !== 0 || empty ? 1 : 0);
  return {
    ok: failed === 0,
    tally: { ...tally, failed },
    output: empty ? `${run.output}\nno test was run` : run.output,
  };
}
