import { ConfigurationTarget, window, workspace } from 'vscode';
import { presentPinPicks, readPins } from '../present/pin-picks.ts';
import { readTaste } from '../settings.ts';
import type { CommandDeps } from './command-deps.ts';

/** Chooses the windows that show in the meter beside the tightest one; those of plans not seen now stay pinned. */
export async function pinWindows({ voice, state }: CommandDeps): Promise<void> {
  const { t } = voice;
  const { pinned = [] } = readTaste();
  const rows = presentPinPicks(voice, state.current().snapshot, pinned, Date.now());
  if (rows.length === 0) {
    void window.showInformationMessage(t('No plan has been seen yet, so there is no window to pin.'));
    return;
  }
  const chosen = await window.showQuickPick(rows, {
    title: t('Planward: pin windows in the meter'),
    placeHolder: t('Beside the tightest window, two at most; Space selects'),
    canPickMany: true,
  });
  if (chosen === undefined) return;
  const next = readPins(pinned, rows, chosen);
  await workspace.getConfiguration('planward').update('meter.pinned', next, ConfigurationTarget.Global);
}
