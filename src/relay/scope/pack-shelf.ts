import type { PolicyPack } from '../../core/policy-pack.ts';
import type { Notice } from '../../core/snapshot.ts';
import { readUserPacks } from '../../packs/user-packs.ts';
import { packFor } from '../../policies/list.ts';

export interface PackShelf {
  /** The terms of a provider, the user's own packs first. */
  readonly packOf: (providerId: string) => PolicyPack | undefined;
  /** The user's own. */
  list(): readonly PolicyPack[];
  /** Reads them anew: a setting has changed. */
  refresh(): void;
}

/** Packs by provider: those that come with Planward and the user's own, from the home and the paths of the settings. */
export function createPackShelf(deps: {
  readonly home: string;
  readonly paths: () => readonly string[];
  readonly now: () => number;
  readonly onNotice: (notice: Notice) => void;
}): PackShelf {
  let own: readonly PolicyPack[] = [];
  function refresh(): void {
    const { packs, troubles } = readUserPacks(deps.home, deps.paths());
    own = packs;
    for (const [i, { file, message }] of troubles.entries()) {
      const text = `The policy pack ${file} is left out: ${message}`;
      deps.onNotice({ code: `policy-pack-${i}`, severity: 'warning', text, at: deps.now() });
    }
  }
  refresh();
  return { packOf: (providerId) => packFor(providerId, own), list: () => own, refresh };
}
