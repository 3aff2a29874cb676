import { StatusBarAlignment, window } from 'vscode';
import type { Disposable } from 'vscode';
import { sayOpenFlags } from '../present/open-flags.ts';
import type { Voice } from '../present/voice.ts';
import type { State } from '../state.ts';

/** `$(shield) 2` beside the meter, only while there are open flags. */
export function createFlagCount(voice: Voice, state: State): Disposable {
  const { t } = voice;
  const item = window.createStatusBarItem('planward.flags', StatusBarAlignment.Left, -11);
  item.name = t('Planward: open flags');
  item.command = 'planward.showViolations';
  const drawing = state.draw(({ state: now, snapshot }) => {
    const count = now === 'live' ? (snapshot?.flags.length ?? 0) : 0;
    if (count === 0) {
      item.hide();
      return;
    }
    const said = sayOpenFlags(voice, count);
    item.text = `$(shield) ${count}`;
    item.tooltip = t('{0}: requests that a plan’s terms may not cover', said);
    item.accessibilityInformation = { label: t('Planward: {0}', said), role: 'button' };
    item.show();
  });
  return {
    dispose() {
      drawing.dispose();
      item.dispose();
    },
  };
}
