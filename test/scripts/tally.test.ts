import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { add, closingLine, NOTHING, readTally } from '../../scripts/tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'pw-tally-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(content: unknown): string {
  const file = join(folder, 'result.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const vitestReport = (changes: object): object => ({
  numTotalTests: 3,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  success: true,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...changes,
});

describe('the reading of result files', () => {
  test('an absent, broken or foreign file is no result', () => {
    expect(readTally(join(folder, 'nothing.json'))).toBeUndefined();
    for (const content of ['{', 'null', '[]', { passed: '3', failed: 0 }, { passed: -1, failed: 0 }]) {
      expect(readTally(written(content))).toBeUndefined();
    }
  });

  test('our own runners say it plainly, with a reason for each skipped test', () => {
    expect(readTally(written({ passed: 2, failed: 1, skips: ['no package'] }))).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      skips: ['no package'],
    });
  });

  test('pending and todo tests of vitest are skipped ones', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'a' },
      { status: 'skipped', fullName: 'b waits' },
      { status: 'todo', fullName: 'c is planned' },
    ];
    const testResults = [{ status: 'passed', assertionResults }];
    const report = vitestReport({ numPassedTests: 1, numPendingTests: 1, numTodoTests: 1, testResults });
    expect(readTally(written(report))).toEqual({
      passed: 1,
      failed: 0,
      skipped: 2,
      skips: ['b waits', 'c is planned'],
    });
  });

  test('a test file that cannot be loaded counts as a failed test', () => {
    const report = vitestReport({ success: false, testResults: [{ status: 'failed', assertionResults: [] }] });
    expect(readTally(written(report))).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  test('a run that vitest calls unsuccessful without a failed test still fails', () => {
    expect(readTally(written(vitestReport({ success: false })))).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });
});

describe('the closing line', () => {
  test('sums stages and names skipped tests only where there are any', () => {
    const sum = add({ passed: 2, failed: 0, skipped: 0 }, { passed: 3, failed: 1, skipped: 0 });
    expect(closingLine(sum)).toBe('5 passed, 1 failed');
    expect(closingLine(add(sum, { ...NOTHING, skipped: 2 }))).toBe('5 passed, 1 failed, 2 skipped');
  });
});
