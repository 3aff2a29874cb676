import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimOnce, isClaimed } from '../../../src/extension/surfaces/claim-once.ts';
import { openSnooze } from '../../../src/extension/surfaces/snooze.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planward-snooze-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a snooze of one window holds in all of them until it ends', () => {
  const file = join(folder, 'deep', 'until');
  const here = openSnooze(file);
  const there = openSnooze(file);
  expect(there.untilAt(NOW)).toBeUndefined();
  here.set(NOW + HOUR);
  expect(here.untilAt(NOW)).toBe(NOW + HOUR);
  expect(there.untilAt(NOW + 5000)).toBe(NOW + HOUR);
  expect(there.untilAt(NOW + HOUR)).toBeUndefined();
  here.set(undefined);
  expect(there.untilAt(NOW + 10_000)).toBeUndefined();
});

test.each(['', 'soon', 'Infinity', String(NOW + 400 * 24 * HOUR)])('a file that says "%s" snoozes nothing', (text) => {
  const file = join(folder, 'until');
  writeFileSync(file, text);
  expect(openSnooze(file).untilAt(NOW)).toBeUndefined();
});

test('a claim of one window is seen by the others and forgotten after its time', () => {
  const now = Date.now();
  expect(isClaimed(folder, 'a/b')).toBe(false);
  expect(claimOnce(folder, 'a/b', now, HOUR)).toBe(true);
  expect(isClaimed(folder, 'a/b')).toBe(true);
  expect(claimOnce(folder, 'a/b', now, HOUR)).toBe(false);
  expect(claimOnce(folder, 'other', now + 2 * HOUR, HOUR)).toBe(true);
  expect(isClaimed(folder, 'a/b')).toBe(false);
});
