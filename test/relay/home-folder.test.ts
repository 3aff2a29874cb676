import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHome } from '../../src/relay/home-folder.ts';
import { noModes, useScratchHome } from './scratch-home.ts';

const scratch = useScratchHome();

test.skipIf(noModes)('a new home, with the folders above it, is private', () => {
  const home = join(scratch.home, 'a', 'b');
  expect(openHome(home)).toEqual({ ok: true, warning: undefined });
  expect(statSync(home).mode & 0o777).toBe(0o700);
});

test.skipIf(noModes)('a home of ours that others can list is made private', () => {
  writeFileSync(join(scratch.home, 'endpoint.json'), '');
  writeFileSync(join(scratch.home, 'ledger.db-wal'), '');
  chmodSync(scratch.home, 0o755);
  expect(openHome(scratch.home)).toEqual({ ok: true, warning: undefined });
  expect(statSync(scratch.home).mode & 0o777).toBe(0o700);
});

test.skipIf(noModes)("a folder with other people's files keeps its mode, with a warning", () => {
  mkdirSync(join(scratch.home, 'projects'));
  chmodSync(scratch.home, 0o755);
  expect(openHome(scratch.home)).toMatchObject({ ok: true, warning: expect.stringContaining('can list') });
  expect(statSync(scratch.home).mode & 0o777).toBe(0o755);
});

test('a home that cannot be made, or is a file, is unwritable', () => {
  expect(openHome(scratch.blocked)).toMatchObject({ ok: false, reason: 'unwritable' });
  expect(openHome(join(scratch.blocked, '..'))).toMatchObject({ ok: false, reason: 'unwritable' });
});
