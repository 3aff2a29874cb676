import { MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Disposable } from 'vscode';
import { HOVER_COMMANDS } from '../present/hover-actions.ts';
import { presentHover } from '../present/hover.ts';
import { presentMeter } from '../present/meter.ts';
import type { Tone } from '../present/meter-view.ts';
import type { Voice } from '../present/voice.ts';
import { readPlace, readTaste } from '../settings.ts';
import type { State } from '../state.ts';

const BACKGROUND: Partial<Record<Tone, string>> = {
  warning: 'statusBarItem.warningBackground',
  error: 'statusBarItem.errorBackground',
};

/** The meter, on the left: it is about the whole window, not about the file that is open. */
export function createStatusBar(voice: Voice, state: State): Disposable {
  const item = window.createStatusBarItem('planward.meter', StatusBarAlignment.Left, -10);
  item.name = voice.t('Planward: plan usage');
  const drawing = state.draw((connection) => {
    const now = Date.now();
    const { port } = readPlace();
    const meter = presentMeter(voice, connection, readTaste(), port, now);
    const background = BACKGROUND[meter.tone];
    item.text = meter.text;
    item.accessibilityInformation = { label: meter.label, role: 'button' };
    item.backgroundColor = background === undefined ? undefined : new ThemeColor(background);
    item.color = meter.tone === 'dimmed' ? new ThemeColor('planward.meter.staleForeground') : undefined;
    item.command = meter.command;
    const hover = new MarkdownString(presentHover(voice, connection, port, now), true);
    hover.isTrusted = { enabledCommands: HOVER_COMMANDS };
    item.tooltip = hover;
  });
  item.show();
  return {
    dispose() {
      drawing.dispose();
      item.dispose();
    },
  };
}
