import { window } from 'vscode';
import { formatInstant } from '../present/instant.ts';
import { presentSnoozePicks } from '../present/snooze-picks.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone } from './say-failure.ts';

/** Switches alerts off for a while, in every window, or on again. What still stands afterwards is told then. */
export async function snoozeAlerts({ voice, snooze, state }: CommandDeps): Promise<void> {
  const { t } = voice;
  const now = Date.now();
  const rows = presentSnoozePicks(voice, snooze.untilAt(now), tomorrowMorning(now), now);
  const chosen = await window.showQuickPick(rows, {
    title: t('Planward: snooze alerts'),
    placeHolder: t('Plan windows, incidents and flags; a stopped key and held requests are told all the same'),
  });
  if (chosen === undefined) return;
  snooze.set(chosen.untilAt);
  state.redraw();
  sayDone(
    chosen.untilAt === undefined
      ? t('Alerts are on.')
      : t('Alerts are off until {0}.', formatInstant(voice, chosen.untilAt, now)),
  );
}

function tomorrowMorning(now: number): number {
  const morning = new Date(now);
  morning.setDate(morning.getDate() + 1);
  return morning.setHours(8, 0, 0, 0);
}
