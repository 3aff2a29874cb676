import type { AccountView } from '../core/snapshot.ts';

/** Keys of the sessions and folders that windows speak of. */
export function keysNamedIn(accounts: readonly AccountView[]): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { windows } of accounts) {
    for (const { attribution } of windows) {
      for (const { id } of attribution?.bySession ?? []) named.add(id);
      for (const { id } of attribution?.byWorkspace ?? []) named.add(id);
    }
  }
  return named;
}
