import { commands, ProgressLocation, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';
import type { HoldView } from '../../core/scope-mode.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { presentAnswers, sayCountdown, sayHold, secondsLeft } from '../present/hold-words.ts';
import type { Voice } from '../present/voice.ts';
import type { State } from '../state.ts';

const TICK_MS = 1000;

/**
 * Puts held requests to the user: a notification for each with a countdown and the three words, which closes by itself when
 * the hold is over, and the shortest countdown in the status bar. Neither takes the focus.
 */
export function createHoldPrompts(voice: Voice, state: State, log: LogOutputChannel): Disposable {
  const { t } = voice;
  /** Hold id -> its notification's end. */
  const open = new Map<string, { tick(): void; close(): void }>();
  const item = window.createStatusBarItem('planward.hold', StatusBarAlignment.Left, -9);
  item.name = t('Planward: held requests');
  item.command = 'planward.answerHold';
  item.backgroundColor = new ThemeColor('statusBarItem.warningBackground');
  let timer: NodeJS.Timeout | undefined;

  function holdsNow(): readonly HoldView[] {
    const { state: now, snapshot } = state.current();
    return now === 'live' ? (snapshot?.holds ?? []) : [];
  }

  function show(): void {
    const holds = holdsNow();
    const { snapshot } = state.current();
    for (const hold of holds) if (!open.has(hold.id)) open.set(hold.id, prompt(snapshot, hold));
    for (const [id, { tick, close }] of open) {
      if (holds.some((hold) => hold.id === id)) {
        tick();
        continue;
      }
      close();
      open.delete(id);
    }
    const next = holds.toSorted((a, b) => a.untilAt - b.untilAt)[0];
    if (next === undefined) {
      clearInterval(timer);
      timer = undefined;
      item.hide();
      return;
    }
    timer ??= setInterval(show, TICK_MS);
    const seconds = secondsLeft(next, Date.now());
    item.text = `$(debug-pause) ${holds.length > 1 ? t('{0} held, {1} s', holds.length, seconds) : t('held, {0} s', seconds)}`;
    const said = sayHold(voice, snapshot, next);
    item.tooltip = `${said} ${sayCountdown(voice, next, Date.now())}`;
    item.accessibilityInformation = { label: `${said} ${t('Press to answer.')}`, role: 'button' };
    item.show();
  }

  function prompt(snapshot: Snapshot | undefined, hold: HoldView): { tick(): void; close(): void } {
    const said = sayHold(voice, snapshot, hold);
    log.warn(said);
    const words = presentAnswers(voice, hold).map(({ label, answer }) => {
      const query = encodeURIComponent(JSON.stringify([`${hold.id}/${answer}`]));
      return `[${label}](command:planward.answerHold?${query})`;
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    let tick = (): void => {};
    // Only one with a button is shown in full; its Cancel cancels the request.
    const title = `${said} ${words.join(' · ')} `;
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    void window.withProgress(options, async (progress, cancelled) => {
      tick = () => progress.report({ message: sayCountdown(voice, hold, Date.now()) });
      tick();
      cancelled.onCancellationRequested(() => void commands.executeCommand('planward.answerHold', `${hold.id}/stop`));
      await promise;
    });
    return { tick: () => tick(), close: resolve };
  }

  const drawing = state.draw(show);
  return {
    dispose() {
      drawing.dispose();
      clearInterval(timer);
      for (const { close } of open.values()) close();
      item.dispose();
    },
  };
}
