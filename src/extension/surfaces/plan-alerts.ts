import { commands, window } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';
import { alertMarks, decideAlerts, NO_MEMORY } from '../../core/plan-alert.ts';
import type { PlanAlert } from '../../core/plan-alert.ts';
import { isPaced } from '../present/pacer-words.ts';
import { presentPlanAlert } from '../present/plan-alert.ts';
import type { Voice } from '../present/voice.ts';
import { readAlertRules } from '../settings.ts';
import type { State } from '../state.ts';
import { claimOnce, isClaimed } from './claim-once.ts';
import type { Mute } from './mute.ts';

/** Marks outlive the longest window, a month. */
const FORGET_MS = 40 * 86_400_000;
/** So long a window in the background leaves it to the one the user looks at. */
const BACKGROUND_MS = 1500;

/**
 * Tells of plan windows in notifications: thresholds, run-outs and resets, once per account, window and cycle over all windows
 * of VS Code. `folder` keeps the marks of what was told.
 */
export function createPlanAlerts(
  voice: Voice,
  state: State,
  mute: Mute,
  log: LogOutputChannel,
  folder: string,
): Disposable {
  let memory = NO_MEMORY;
  const waiting = new Set<NodeJS.Timeout>();
  const drawing = state.draw(({ snapshot, state: now }) => {
    if (snapshot === undefined || now !== 'live') return;
    const at = Date.now();
    const decided = decideAlerts(memory, snapshot.accounts, readAlertRules(), at, mute.isMuted(at));
    memory = decided.memory;
    for (const alert of decided.alerts) {
      if (window.state.focused) {
        claim(alert);
        continue;
      }
      const timer = setTimeout(() => {
        waiting.delete(timer);
        claim(alert);
      }, BACKGROUND_MS);
      waiting.add(timer);
    }
  });

  function claim(alert: PlanAlert): void {
    const { claim: mark, taken } = alertMarks(alert);
    if (taken.some((name) => isClaimed(folder, name))) return;
    if (claimOnce(folder, mark, Date.now(), FORGET_MS)) void tell(alert);
  }

  async function tell(alert: PlanAlert): Promise<void> {
    const { snapshot } = state.current();
    const paced = snapshot !== undefined && isPaced(snapshot, alert.account.providerId);
    const { severity, text, buttons } = presentPlanAlert(voice, alert, paced, Date.now());
    log.info(text);
    const show = severity === 'warning' ? window.showWarningMessage : window.showInformationMessage;
    const chosen = await show(text, ...buttons.map(({ title }) => title));
    const button = buttons.find(({ title }) => title === chosen);
    if (button?.command !== undefined) await commands.executeCommand(button.command, button.argument);
  }

  return {
    dispose() {
      drawing.dispose();
      for (const timer of waiting) clearTimeout(timer);
    },
  };
}
