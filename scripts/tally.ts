import { readFileSync } from 'node:fs';

/** How many tests of a stage passed, failed and were skipped, with the reasons of the skipped ones where they are given. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly skips?: readonly string[];
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `12 passed, 0 failed`, and `, 1 skipped` where any was. */
export function closingLine(tally: Tally): string {
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
  return `${tally.passed} passed, ${tally.failed} failed${skipped}`;
}

/**
 * A result file: `{passed, failed, skipped, skips?}` as our own runners write it, or vitest's `--reporter=json` report.
 * Undefined where the file is absent or says something else, which a caller counts as a failure. Never throws.
 */
export function readTally(file: string): Tally | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const report = value as Record<string, unknown>;
  return 'numTotalTests' in report ? fromVitest(report) : fromOwn(report);
}

/** A file that failed before its tests could run counts as one failed test. */
function fromVitest(report: Record<string, unknown>): Tally | undefined {
  const passed = count(report['numPassedTests']);
  const failed = count(report['numFailedTests']);
  const pending = count(report['numPendingTests']);
  if (passed === undefined || failed === undefined || pending === undefined) return undefined;
  const files = Array.isArray(report['testResults']) ? (report['testResults'] as readonly unknown[]) : [];
  const brokenFiles = files.filter(failedWithoutTest).length;
  const skips = files.flatMap(skippedTests);
  const unseen = report['success'] === false && failed + brokenFiles === 0 ? 1 : 0;
  const skipped = pending + (count(report['numTodoTests']) ?? 0);
  return { passed, failed: failed + brokenFiles + unseen, skipped, ...(skips.length === 0 ? {} : { skips }) };
}

function skippedTests(file: unknown): readonly string[] {
  return testsOf(file)
    .filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo')
    .map(({ fullName }) => String(fullName));
}

function failedWithoutTest(file: unknown): boolean {
  if (typeof file !== 'object' || file === null) return true;
  if ((file as { status?: unknown }).status !== 'failed') return false;
  return !testsOf(file).some((test) => test.status === 'failed');
}

function testsOf(file: unknown): readonly { readonly status?: unknown; readonly fullName?: unknown }[] {
  if (typeof file !== 'object' || file === null || !('assertionResults' in file)) return [];
  return Array.isArray(file.assertionResults) ? (file.assertionResults as readonly object[]) : [];
}

function fromOwn(report: Record<string, unknown>): Tally | undefined {
  const passed = count(report['passed']);
  const failed = count(report['failed']);
  if (passed === undefined || failed === undefined) return undefined;
  const skips = Array.isArray(report['skips']) ? report['skips'].map(String) : undefined;
  const skipped = count(report['skipped']) ?? skips?.length ?? 0;
  return { passed, failed, skipped, ...(skips === undefined ? {} : { skips }) };
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
