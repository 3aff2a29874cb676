import type { Notice } from '../core/snapshot.ts';

const QUIET_MS = 600_000;

/**
 * Passes each notice on once until `over()` says that its occasion is past, and then not within ten minutes, so that
 * something that comes and goes does not nag. `true` where it was passed on.
 */
export function createSayOnce(onNotice: (notice: Notice) => void, now: () => number) {
  const said = new Map<string, { readonly at: number; over: boolean }>();
  return {
    say(news: Omit<Notice, 'at'>): boolean {
      const at = now();
      const before = said.get(news.code);
      if (before !== undefined && (!before.over || at - before.at < QUIET_MS)) return false;
      said.set(news.code, { at, over: false });
      onNotice({ ...news, at });
      return true;
    },
    over(): void {
      for (const entry of said.values()) entry.over = true;
    },
  };
}
