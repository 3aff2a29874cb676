import { bindingWindow } from '../../core/quota-window.ts';
import type { QuotaLevel } from '../../core/quota-window.ts';
import type { AccountView } from '../../core/snapshot.ts';

/** An account that was used within this time is in play. */
const IN_PLAY_MS = 30 * 60_000;
const URGENCY: Record<QuotaLevel, number> = { exhausted: 4, low: 3, watch: 2, ok: 1, unknown: 0 };

/**
 * The account the meter shows: among those used in the last half hour the one that will stop the user first (level, then
 * used fraction, then last use); where none was, the one used last. Undefined where there is no account.
 */
export function chooseAccount(accounts: readonly AccountView[], now: number): AccountView | undefined {
  const inPlay = accounts.filter((account) => account.inFlight > 0 || now - account.lastSeenAt <= IN_PLAY_MS);
  const byUrgency = inPlay.toSorted(
    (a, b) => urgency(b) - urgency(a) || fraction(b) - fraction(a) || b.lastSeenAt - a.lastSeenAt,
  );
  return byUrgency[0] ?? accounts.toSorted((a, b) => b.lastSeenAt - a.lastSeenAt)[0];
}

function urgency(account: AccountView): number {
  return URGENCY[bindingWindow(account.windows)?.level ?? 'unknown'];
}

function fraction(account: AccountView): number {
  return bindingWindow(account.windows)?.usedFraction ?? -1;
}
