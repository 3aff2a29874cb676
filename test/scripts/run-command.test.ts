import { expect, test } from 'vitest';
import { startProgram } from '../../scripts/long-running.ts';
import { runCommand } from '../../scripts/run-command.ts';

const node = (code: string): readonly string[] => ['-e', code];

/** A child that starts a grandchild and tells its process id; both would live for a minute. */
const FAMILY = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  console.log('grandchild ' + child.pid);
  setTimeout(() => {}, 60000);`;

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  for (let i = 0; i < 100 && lives(pid); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(lives(pid)).toBe(false);
}

test('a command gives its exit code and both streams, without colours', async () => {
  const code = `console.log('\\u001B[31mred\\u001B[0m'); console.error('err'); process.exitCode = 3;`;
  const run = await runCommand(process.execPath, node(code), { timeoutMs: 10_000 });
  expect(run.code).toBe(3);
  expect(run.output.split('\n').toSorted()).toEqual(['', 'err', 'red']);
});

test('a command that cannot be started is a result, not an exception', async () => {
  const run = await runCommand('planward-no-such-program', [], { timeoutMs: 10_000 });
  expect(run.code).toBe(127);
  expect(run.output).toContain('planward-no-such-program');
});

test('at its time limit a command ends with everything it started', async () => {
  const run = await runCommand(process.execPath, node(FAMILY), { timeoutMs: 1500 });
  expect(run.code).toBe(124);
  await untilGone(Number(/grandchild (\d+)/.exec(run.output)?.[1]));
});

test('an aborted command ends at once', async () => {
  const leaving = new AbortController();
  const lines: string[] = [];
  const run = await runCommand(process.execPath, node(FAMILY), {
    timeoutMs: 30_000,
    signal: leaving.signal,
    onLine: (line) => {
      lines.push(line);
      leaving.abort();
    },
  });
  expect(run.code).toBe(130);
  expect(run.durationMs).toBeLessThan(10_000);
  await untilGone(Number(/grandchild (\d+)/.exec(lines[0] ?? '')?.[1]));
});

test('a program is given once it says that it is ready, and stops with its group', async () => {
  const program = await startProgram(process.execPath, node(FAMILY), { ready: /grandchild (\d+)/, timeoutMs: 10_000 });
  const grandchild = Number(program.ready[1]);
  expect(lives(grandchild)).toBe(true);
  await program.stop();
  await untilGone(grandchild);
  expect(lives(program.pid)).toBe(false);
});

test('a program that ends before it is ready is told with its words', async () => {
  const start = startProgram(process.execPath, node(`console.log('no room'); process.exit(4)`), {
    ready: /never/,
    timeoutMs: 10_000,
  });
  await expect(start).rejects.toThrow(/ended early with code 4:\n.*no room/s);
});

test('a program that stays silent is given up and ended', async () => {
  const start = startProgram(process.execPath, node('setTimeout(() => {}, 60000)'), { ready: /never/, timeoutMs: 500 });
  await expect(start).rejects.toThrow('was not ready within 0.5 s');
});
