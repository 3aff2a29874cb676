import { commands, window } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';
import type { IncidentView, Snapshot } from '../../core/snapshot.ts';
import { isDue, presentAlert } from '../present/incident-alert.ts';
import type { Voice } from '../present/voice.ts';
import { readAlerts } from '../settings.ts';
import type { State } from '../state.ts';
import { claimOnce } from './claim-once.ts';
import type { Mute } from './mute.ts';

const HOUR_MS = 60 * 60_000;

/**
 * Tells of an incident in a notification: once over all windows, and once an hour for the same agent and error. `folder`
 * keeps the marks of what was told.
 */
export function createIncidentAlerts(
  voice: Voice,
  state: State,
  mute: Mute,
  log: LogOutputChannel,
  folder: string,
): Disposable {
  const seen = new Set<string>();
  return state.draw(({ snapshot, state: now }) => {
    if (snapshot === undefined || now !== 'live' || !readAlerts()) return;
    for (const incident of snapshot.incidents) {
      if (seen.has(incident.id) || !isDue(incident, Date.now())) continue;
      // A stop of all traffic is told whatever the hour; others are, where they still go on afterwards.
      if (incident.explanation.class !== 'policy-stop' && mute.isMuted(Date.now())) continue;
      seen.add(incident.id);
      if (mayTell(incident)) void tell(snapshot, incident);
    }
  });

  function mayTell({ id, agentId, providerId, explanation }: IncidentView): boolean {
    const now = Date.now();
    const rule = `${providerId}.${agentId}.${explanation.code}.${Math.floor(now / HOUR_MS)}`;
    return claimOnce(folder, `incident.${id}`, now) && claimOnce(folder, `rule.${rule}`, now);
  }

  async function tell(snapshot: Snapshot, incident: IncidentView): Promise<void> {
    const { severity, text, buttons } = presentAlert(voice, snapshot, incident);
    log.warn(text);
    const show = severity === 'error' ? window.showErrorMessage : window.showWarningMessage;
    const chosen = await show(text, ...buttons.map(({ title }) => title));
    const button = buttons.find(({ title }) => title === chosen);
    if (button?.command !== undefined) await commands.executeCommand(button.command, button.argument);
  }
}
