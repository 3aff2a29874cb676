import { commands, QuickPickItemKind, window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { presentUsagePicks } from '../present/usage-picks.ts';
import type { UsagePick } from '../present/usage-picks.ts';
import type { Voice } from '../present/voice.ts';
import { readPlace, readTaste } from '../settings.ts';
import type { State } from '../state.ts';
import type { Snooze } from '../surfaces/snooze.ts';

interface Row extends QuickPickItem {
  readonly id: string;
  readonly command?: string;
  readonly stays?: true;
}

/** The dashboard for the keyboard: it lists everything the meter knows and follows it while open. */
export function showPlanUsage(voice: Voice, state: State, snooze: Snooze): void {
  const pick = window.createQuickPick<Row>();
  pick.title = voice.t('Planward: plan usage');
  pick.placeholder = voice.t('Type to filter, Enter to run an action');
  pick.matchOnDescription = true;
  pick.keepScrollPosition = true;
  let shown = '';
  const drawing = state.draw((connection) => {
    const now = Date.now();
    const picks = presentUsagePicks(voice, connection, readPlace().port, now, readTaste(), snooze.untilAt(now));
    const next = JSON.stringify(picks);
    if (next === shown) return;
    shown = next;
    const active = pick.activeItems[0]?.id;
    pick.items = picks.map(toRow);
    const again = pick.items.find((row) => row.id === active);
    if (again !== undefined) pick.activeItems = [again];
  });
  pick.onDidAccept(() => {
    const { command, stays } = pick.activeItems[0] ?? {};
    if (command === undefined) return;
    if (stays !== true) pick.hide();
    void commands.executeCommand(command);
  });
  pick.onDidHide(() => {
    drawing.dispose();
    pick.dispose();
  });
  pick.show();
}

function toRow(pick: UsagePick): Row {
  const { kind, id, label, description, detail, command, stays } = pick;
  return {
    kind: kind === 'separator' ? QuickPickItemKind.Separator : QuickPickItemKind.Default,
    id,
    label,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(command === undefined ? {} : { command }),
    ...(stays === undefined ? {} : { stays }),
  };
}
