import { installStatuslineProgram } from '../statusline/statusline-program.ts';
import { installHookProgram, type HookSource } from './hook-program.ts';
import { HOOK_PROGRAM, OWN_VERSION, standing, STATUSLINE_PROGRAM } from './program-version.ts';

/**
 * Copies this installation's programs over those that agents' hooks and status lines run, where an older version or an unknown
 * one lies in the home. Nothing where none was installed, and nothing over a newer one. True where something was copied. Throws
 * where the home cannot be written.
 */
export function refreshPrograms(home: string, source: HookSource, version = OWN_VERSION): boolean {
  const hooked = standing(home, HOOK_PROGRAM, version) === 'older';
  const lined = standing(home, STATUSLINE_PROGRAM, version) === 'older';
  if (hooked) installHookProgram(home, source, version);
  if (lined) installStatuslineProgram(home, source, version);
  return hooked || lined;
}
