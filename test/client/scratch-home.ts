import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A home of its own for one test, removed afterwards. */
export async function scratchHome(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'planward-client-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'home');
}
