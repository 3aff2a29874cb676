// dist/hook-packs.cjs: the user's own packs. Apart from hook-alone.cjs, since their schema takes longer to load than a prompt
// should wait for where nobody wrote any.
import type { PolicyPack } from '../core/policy-pack.ts';
import { readUserPacks } from '../packs/user-packs.ts';

/** Those of the home and of `paths`; what cannot be read is left out. Never throws. */
export function ownPacks(home: string, paths: readonly string[]): readonly PolicyPack[] {
  return readUserPacks(home, paths).packs;
}
