import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installHookProgram } from '../../src/connect/hooks/hook-program.ts';
import { refreshPrograms } from '../../src/connect/hooks/refresh-programs.ts';
import { installStatuslineProgram } from '../../src/connect/statusline/statusline-program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-refresh-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function source(says: string): { dist: string; runtime: string } {
  const dist = join(folder, says);
  mkdirSync(dist, { recursive: true });
  for (const name of ['hook.cjs', 'hook-alone.cjs', 'hook-packs.cjs', 'scope-model.bin', 'statusline.cjs']) {
    writeFileSync(join(dist, name), says);
  }
  return { dist, runtime: process.execPath };
}

test('an installed program follows a newer version, and is never put back by an older one', () => {
  const home = join(folder, 'home');
  const installed = (): string => readFileSync(join(home, 'hooks', 'hook.cjs'), 'utf8');
  mkdirSync(join(home, 'hooks'), { recursive: true });
  writeFileSync(join(home, 'hooks', 'hook.cjs'), 'of unknown version');
  expect(refreshPrograms(home, source('0.2.0'), '0.2.0')).toBe(true);
  expect(installed()).toBe('0.2.0');
  expect(refreshPrograms(home, source('0.10.0'), '0.10.0')).toBe(true);
  expect(refreshPrograms(home, source('0.9.0'), '0.9.0')).toBe(false);
  expect(installed()).toBe('0.10.0');
  // What was not installed is not brought.
  expect(existsSync(join(home, 'hooks', 'statusline.cjs'))).toBe(false);
});

test('connecting notes the version, and an older installation that connects an agent too leaves a newer program', () => {
  const home = join(folder, 'home');
  const says = (name: string): string => readFileSync(join(home, 'hooks', name), 'utf8').trim();
  installHookProgram(home, source('0.3.0'), '0.3.0');
  installHookProgram(home, source('0.2.0'), '0.2.0');
  expect([says('hook.cjs'), says('version')]).toEqual(['0.3.0', '0.3.0']);
  // Each program has a version of its own: this one came with an older installation.
  installStatuslineProgram(home, source('0.2.0'), '0.2.0');
  expect(refreshPrograms(home, source('0.3.0'), '0.3.0')).toBe(true);
  expect([says('hook.cjs'), says('statusline.cjs')]).toEqual(['0.3.0', '0.3.0']);
  expect(refreshPrograms(home, source('0.3.0'), '0.3.0')).toBe(false);
});

test('a version file that says no version is older than any', () => {
  const home = join(folder, 'home');
  installHookProgram(home, source('0.2.0'), '0.2.0');
  writeFileSync(join(home, 'hooks', 'version'), 'what?');
  expect(refreshPrograms(home, source('0.2.0'), '0.2.0')).toBe(true);
  expect(readFileSync(join(home, 'hooks', 'version'), 'utf8')).toBe('0.2.0\n');
});

test('a home without hooks stays as it is', () => {
  const home = join(folder, 'home');
  expect(refreshPrograms(home, source('a'), '1.0.0')).toBe(false);
  expect(existsSync(home)).toBe(false);
});
