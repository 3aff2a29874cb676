import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** A folder of its own for each test; `blocked` is a home that nobody can make, not even root: its parent is a file. */
export function useScratchHome(): { readonly home: string; readonly blocked: string } {
  const scratch = { home: '', blocked: '' };
  beforeEach(() => {
    scratch.home = mkdtempSync(join(tmpdir(), 'planward-home-'));
    const file = mkdtempSync(join(tmpdir(), 'planward-blocked-'));
    writeFileSync(join(file, 'file'), '');
    scratch.blocked = join(file, 'file', 'home');
  });
  afterEach(() => {
    rmSync(scratch.home, { recursive: true });
    rmSync(join(scratch.blocked, '..', '..'), { recursive: true });
  });
  return scratch;
}

/** Permission bits are the system's business on POSIX only. */
export const noModes = process.platform === 'win32';
