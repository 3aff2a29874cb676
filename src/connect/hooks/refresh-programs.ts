import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions } from '../../protocol/endpoint.ts';
import { installStatuslineProgram } from '../statusline/statusline-program.ts';
import { hookProgram, installHookProgram, writeOwnFiles, type HookSource } from './hook-program.ts';

const VERSION_FILE = 'version';

/**
 * Copies this installation's programs over those that agents' hooks and status lines run, where an older version or an unknown
 * one lies in the home. Nothing where none was installed, and nothing over a newer one. True where something was copied. Throws
 * where the home cannot be written.
 */
export function refreshPrograms(home: string, source: HookSource, version: string): boolean {
  const { folder } = hookProgram(home, undefined);
  const hooked = existsSync(join(folder, 'hook.cjs'));
  const lined = existsSync(join(folder, 'statusline.cjs'));
  if (!hooked && !lined) return false;
  const there = versionIn(join(folder, VERSION_FILE));
  if (there !== undefined && compareVersions(there, version) >= 0) return false;
  if (hooked) installHookProgram(home, source);
  if (lined) installStatuslineProgram(home, source);
  writeOwnFiles(home, { [VERSION_FILE]: `${version}\n` });
  return true;
}

function versionIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
