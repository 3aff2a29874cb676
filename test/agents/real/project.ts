import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../scripts/run-command.ts';
import type { CodingTask } from '../../support/mock-coding-session.ts';

/** A small project an agent is asked to change, and what tells whether it did. */
export interface Project {
  readonly folder: string;
  readonly prompt: string;
  readonly task: CodingTask;
  /** True where calc.js on disk holds the new function. */
  edited(): boolean;
  /** What the tests of the project saw when they ran, in order; empty where they never ran. */
  testRuns(): readonly string[];
}

const CALC = `export function add(a, b) {
  return a + b;
}
`;
const WITH_MUL = `${CALC}
export function mul(a, b) {
  return a * b;
}
`;
/** Leaves a line behind, so that a run can be told from a claim. */
const CALC_TEST = `import { appendFileSync } from 'node:fs';
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import * as calc from './calc.js';

test('calc', () => {
  appendFileSync('test-runs.txt', 'mul is a ' + typeof calc.mul + '\\n');
  assert.equal(calc.add(1, 2), 3);
});
`;

export async function makeProject(folder: string): Promise<Project> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'calc.js');
  writeFileSync(file, CALC);
  writeFileSync(join(folder, 'calc.test.js'), CALC_TEST);
  writeFileSync(join(folder, 'package.json'), '{"name":"calc","private":true,"type":"module"}\n');
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...identity, 'commit', '-qm', 'init'],
  ]) {
    const run = await runCommand('git', args, { cwd: folder, timeoutMs: 20_000 });
    if (run.code !== 0) throw new Error(`git ${args.join(' ')} failed: ${run.output}`);
  }
  return {
    folder,
    prompt: 'Add a function mul(a, b) to calc.js and run the tests.',
    task: {
      file,
      oldText: CALC.trimEnd(),
      newText: WITH_MUL.trimEnd(),
      command: 'node --test',
      closingText: 'I added mul(a, b) to calc.js and the tests pass.',
    },
    edited: () => readFileSync(file, 'utf8') === WITH_MUL,
    testRuns: () => {
      try {
        return readFileSync(join(folder, 'test-runs.txt'), 'utf8').trimEnd().split('\n');
      } catch {
        return [];
      }
    },
  };
}
