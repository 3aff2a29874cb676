import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FORGET_MS = 48 * 60 * 60_000;

/**
 * True for the first of all windows on this machine that claims a name, for two days or `forgetMs`. A marker file that only one
 * can create decides; where the folder cannot be written everybody may, for a word too many is better than none.
 */
export function claimOnce(folder: string, name: string, now: number, forgetMs: number = FORGET_MS): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    forgetOld(folder, now, forgetMs);
    closeSync(openSync(markOf(folder, name), 'wx'));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EEXIST';
  }
}

/** Whether a name is claimed; false where the folder cannot be read. */
export function isClaimed(folder: string, name: string): boolean {
  return existsSync(markOf(folder, name));
}

function markOf(folder: string, name: string): string {
  return join(folder, encodeURIComponent(name).slice(0, 120));
}

function forgetOld(folder: string, now: number, forgetMs: number): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat !== undefined && now - stat.mtimeMs > forgetMs) rmSync(path, { force: true });
  }
}
