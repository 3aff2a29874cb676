import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions } from '../../protocol/endpoint.ts';

declare const PLANWARD_VERSION: string | undefined;

/** Of this installation; `0.0.0` where it runs from source. */
export const OWN_VERSION = typeof PLANWARD_VERSION === 'undefined' ? '0.0.0' : PLANWARD_VERSION;

/** A program that agents run from the home, and the file beside it that says of which version it is. */
export interface HomeProgram {
  readonly program: string;
  readonly versionFile: string;
}

export const HOOK_PROGRAM: HomeProgram = { program: 'hook.cjs', versionFile: 'version' };
export const STATUSLINE_PROGRAM: HomeProgram = { program: 'statusline.cjs', versionFile: 'statusline-version' };

/**
 * How what lies in the home compares with `version`: `none` where it was never installed, `older` also where its version is
 * not known. Never throws.
 */
export function standing(
  home: string,
  { program, versionFile }: HomeProgram,
  version: string,
): 'none' | 'older' | 'same' | 'newer' {
  const folder = join(home, 'hooks');
  if (!existsSync(join(folder, program))) return 'none';
  const there = textOf(join(folder, versionFile));
  if (there === undefined) return 'older';
  const difference = compareVersions(there, version);
  return difference > 0 ? 'newer' : difference === 0 ? 'same' : 'older'; // a version that is none is older
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
