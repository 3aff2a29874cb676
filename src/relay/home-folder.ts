import { accessSync, chmodSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs';
import { unwritable } from './atomic-file.ts';

export type HomeFolder =
  | { readonly ok: true; readonly warning: string | undefined }
  | { readonly ok: false; readonly reason: 'unwritable' | 'foreign'; readonly message: string };

/** Every name Planward gives a file in its home. */
const OURS = /^(endpoint\.json|settings\.json|journal\.jsonl|salt|ledger\.db|relay[.-])/;

/** Stands in for a home that must not be touched: nobody can make a file below it. */
const NOWHERE = '/dev/null/planward';

/** Where files may be put, or tried to be put: the home, except one of another user. */
export function usableHome(home: string, folder: HomeFolder): string {
  return !folder.ok && folder.reason === 'foreign' ? NOWHERE : home;
}

/**
 * Makes Planward's home, mode 0700. Never throws.
 *
 * An existing folder is made private only if it holds nothing but our files: a home moved by hand to a shared folder
 * is not ours to close, so there `warning` is a plain sentence and the files' own mode 0600 protects them. A folder of
 * another user is refused (`foreign`), since its owner could swap our files for others.
 */
export function openHome(home: string): HomeFolder {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const stat = statSync(home);
    if (!stat.isDirectory()) return { ok: false, reason: 'unwritable', message: `${home} is not a folder` };
    accessSync(home, constants.W_OK | constants.X_OK);
    const user = process.getuid?.();
    if (user === undefined) return { ok: true, warning: undefined };
    if (user !== 0 && stat.uid !== user) {
      return { ok: false, reason: 'foreign', message: `${home} belongs to another user` };
    }
    if ((stat.mode & 0o077) === 0) return { ok: true, warning: undefined };
    if (readdirSync(home).every((name) => OURS.test(name))) {
      chmodSync(home, 0o700);
      return { ok: true, warning: undefined };
    }
    const warning = `Other users of this machine can list ${home}, because it holds other files too. Planward's own files in it are private; give Planward a folder of its own to hide their names.`;
    return { ok: true, warning };
  } catch (error) {
    return unwritable(error);
  }
}
