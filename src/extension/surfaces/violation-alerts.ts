import { commands, window } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';
import type { Flag } from '../../core/flag.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { alertKey, isFlagDue, presentViolationAlert } from '../present/violation-alert.ts';
import type { Voice } from '../present/voice.ts';
import { readViolationAlerts } from '../settings.ts';
import type { State } from '../state.ts';
import { claimOnce } from './claim-once.ts';
import type { Mute } from './mute.ts';

/** Tells of a flag in a notification: once per rule, agent and hour over all windows. `folder` keeps the marks. */
export function createViolationAlerts(
  voice: Voice,
  state: State,
  mute: Mute,
  log: LogOutputChannel,
  folder: string,
): Disposable {
  const seen = new Set<string>();
  return state.draw(({ snapshot, state: now }) => {
    if (snapshot === undefined || now !== 'live' || !readViolationAlerts()) return;
    for (const flag of snapshot.flags) {
      const at = Date.now();
      if (seen.has(flag.id) || mute.isMuted(at)) continue;
      seen.add(flag.id);
      if (isFlagDue(flag, at) && claimOnce(folder, alertKey(flag, at), at)) void tell(snapshot, flag);
    }
  });

  async function tell(snapshot: Snapshot, flag: Flag): Promise<void> {
    const { text, buttons } = presentViolationAlert(voice, snapshot, flag);
    log.warn(text);
    const chosen = await window.showWarningMessage(text, ...buttons.map(({ title }) => title));
    const button = buttons.find(({ title }) => title === chosen);
    if (button?.command !== undefined) await commands.executeCommand(button.command, button.argument);
  }
}
