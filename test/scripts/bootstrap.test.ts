import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/places.ts';
import { runCommand } from '../../scripts/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'pw-boot-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bootstrap = (script: string, ...args: readonly string[]) =>
  runCommand(process.execPath, [join(ROOT, 'scripts/bootstrap.mjs'), script, ...args], {
    cwd: folder,
    timeoutMs: 20_000,
  });

test('a script runs on Node 24 from the top folder, with its arguments and the project’s tools on PATH', async () => {
  const script = join(folder, 'tell.ts');
  writeFileSync(
    script,
    `const args: string[] = process.argv.slice(2);
    console.log(JSON.stringify({ major: Number(process.versions.node.split('.')[0]), args, cwd: process.cwd(), path: process.env.PATH }));
    process.exitCode = 5;`,
  );
  const run = await bootstrap(script, '--headless', 'a b');
  expect(run.code).toBe(5);
  const told: unknown = JSON.parse(run.output);
  expect(told).toMatchObject({ args: ['--headless', 'a b'], cwd: ROOT });
  const { major, path } = told as { major: number; path: string };
  expect(major).toBeGreaterThanOrEqual(24);
  expect(path.startsWith(join(ROOT, 'node_modules', '.bin'))).toBe(true);
});

test('a script that a signal ends is told as a shell would', async () => {
  const script = join(folder, 'die.mjs');
  writeFileSync(script, `process.kill(process.pid, 'SIGKILL');`);
  expect((await bootstrap(script)).code).toBe(128 + 9);
});

test('without a script it says what to write', async () => {
  const run = await runCommand(process.execPath, [join(ROOT, 'scripts/bootstrap.mjs')], { timeoutMs: 10_000 });
  expect(run.code).toBe(1);
  expect(run.output).toContain('Say which script to run');
});
