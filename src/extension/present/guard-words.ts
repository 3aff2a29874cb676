import type { BudgetLine, Guard } from '../../core/guard.ts';
import type { AccountView, GuardStanding, Snapshot } from '../../core/snapshot.ts';
import { formatInstant } from './instant.ts';
import { speakWindow } from './quota-words.ts';
import type { Voice } from './voice.ts';

/** The guard that stands before an account's requests now; undefined where none does. */
export function guardOf(snapshot: Snapshot, account: AccountView): GuardStanding | undefined {
  return snapshot.guarded?.find(
    ({ providerId, accountKey }) => providerId === account.providerId && accountKey === account.accountKey,
  );
}

/** `Your guard for the 5-hour window holds requests until 14:05, 2 wait` */
export function sayGuard(voice: Voice, account: AccountView, guard: GuardStanding, now: number): string {
  const { t } = voice;
  const window = account.windows.find(({ id }) => id === guard.windowId);
  const name = window === undefined ? undefined : speakWindow(voice, window);
  const until = guard.untilAt === undefined ? t('its reset') : formatInstant(voice, guard.untilAt, now);
  if (guard.lifted) return t('Your guard is lifted until {0}', until);
  const holds =
    guard.stop === 'peak'
      ? t('Your guard holds requests in peak hours, until {0}', until)
      : t('Your guard for the {0} holds requests until {1}', name ?? t('window'), until);
  return guard.held === 0 ? holds : t('{0}; {1} waiting', holds, guard.held);
}

/** What a provider's guard is set to, in a few words: `pause at 90%, not in peak hours`; `off` where there is none. */
export function sayGuardSettings({ t }: Voice, guard: Guard | undefined): string {
  const parts = [
    ...(guard?.pauseAtPercent === undefined ? [] : [t('pause at {0}%', guard.pauseAtPercent)]),
    ...(guard?.offPeakOnly === true ? [t('not in peak hours')] : []),
    ...((guard?.budgets ?? []).length === 0 ? [] : [t('budgets {0}', guard!.budgets!.length)]),
  ];
  return parts.length === 0 ? t('off') : parts.join(t(', '));
}

/** `90%`, `500 units`; `off` where there is none. */
export function sayLine({ t }: Voice, line: BudgetLine | undefined): string {
  if (line?.percent !== undefined) return `${line.percent}%`;
  return line?.units === undefined ? t('off') : t('{0} units', line.units);
}
