import { refreshPrograms } from '../connect/hooks/refresh-programs.ts';

/**
 * Before a relay of this installation starts: the programs that agents' hooks and status lines run become as new as it is. A home
 * that cannot be written leaves them as they are; the relay says that itself. Never throws.
 */
export function refreshHomePrograms(home: string): void {
  try {
    refreshPrograms(home, { dist: __dirname, runtime: process.execPath });
  } catch {
    // An older hook goes on as before.
  }
}
