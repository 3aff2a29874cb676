import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { closingLine, readTally } from '../../scripts/tally.ts';

/** What one of our own runners leaves: counts for the stage, words for people. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Reason of each skipped test. */
  readonly skips: readonly string[];
  /** Title and stack of each failed test. */
  readonly failures: readonly string[];
}

export function writeSuiteResult(file: string, result: SuiteResult): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(result, undefined, 2));
}

/** Prints the failures and `N passed, N failed` of a result file, and gives the exit code it deserves: 0 only where tests passed and none failed. */
export function reportSuite(file: string): number {
  const tally = readTally(file);
  if (tally === undefined) {
    console.error('The suite left no result: VS Code ended before it, or never started it.');
    return 1;
  }
  for (const failure of failuresOf(file)) console.error(`\n${failure}`);
  console.log(closingLine(tally));
  return tally.failed > 0 || tally.passed === 0 ? 1 : 0;
}

function failuresOf(file: string): readonly string[] {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const failures = typeof value === 'object' && value !== null && 'failures' in value ? value.failures : [];
  return Array.isArray(failures) ? failures.map(String) : [];
}
