import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT } from './places.ts';
import { runCommand } from './run-command.ts';
import { NOTHING, readTally, type Tally } from './tally.ts';

interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Result file of a check that runs tests. */
  readonly report?: string;
}

export interface ChecksResult {
  /** Unit tests, plus one failed for each failing tool. */
  readonly tally: Tally;
  readonly ok: boolean;
  /** What the failing tools wrote. */
  readonly output: string;
}

const REPORT = join(CACHE, 'results', 'unit.json');

/** Longest first, so that two at a time fill two cores. */
function allChecks(): readonly Check[] {
  const unit = ['run', '--project', 'unit', '--reporter=dot', '--reporter=json', `--outputFile.json=${REPORT}`];
  const checks: Check[] = [
    { name: 'unit tests', command: 'vitest', args: unit, report: REPORT },
    { name: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings', '--quiet'] },
    { name: 'dead code', command: 'knip', args: ['--no-progress'] },
    { name: 'types', command: 'tsc', args: ['-p', '.'] },
    { name: 'dashboard types', command: 'tsc', args: ['-p', 'src/dashboard'] },
    { name: 'pure rooms', command: 'tsc', args: ['-p', 'tsconfig.pure.json'] },
    { name: 'format', command: 'oxfmt', args: ['--check', '.'] },
  ];
  if (existsSync(join(ROOT, 'scripts/generate.ts'))) {
    checks.push({ name: 'generated files', command: process.execPath, args: ['scripts/generate.ts', '--check'] });
  }
  return checks;
}

/** Runs every quick check, two at a time, and says one line for each as it ends. */
export async function runChecks(say: (line: string) => void): Promise<ChecksResult> {
  mkdirSync(join(CACHE, 'results'), { recursive: true });
  const waiting = [...allChecks()];
  let { passed, failed, skipped } = NOTHING;
  const skips: string[] = [];
  let output = '';
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      if (check.report !== undefined) rmSync(check.report, { force: true });
      const run = await runCommand(check.command, check.args, {
        cwd: ROOT,
        env: { NO_COLOR: '1', FORCE_COLOR: undefined },
        timeoutMs: 180_000,
      });
      const tests = check.report === undefined ? NOTHING : readTally(check.report);
      const ok =
        run.code === 0 && tests !== undefined && tests.failed === 0 && (check.report === undefined || tests.passed > 0);
      passed += tests?.passed ?? 0;
      skipped += tests?.skipped ?? 0;
      skips.push(...(tests?.skips ?? []));
      failed += ok ? 0 : Math.max(1, tests?.failed ?? 0);
      const detail = tests !== undefined && check.report !== undefined ? `, ${tests.passed} passed` : '';
      say(`${ok ? 'ok  ' : 'FAIL'} ${check.name} (${(run.durationMs / 1000).toFixed(1)} s${detail})`);
      if (!ok) output += `\n--- ${check.name}: ${check.command} ${check.args.join(' ')}\n${run.output.trim()}\n`;
    }
  };
  await Promise.all([worker(), worker()]);
  return { tally: { passed, failed, skipped, skips }, ok: failed === 0, output };
}
