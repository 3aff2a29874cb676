import { MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Disposable, StatusBarItem } from 'vscode';
import { HOVER_COMMANDS } from '../present/hover-actions.ts';
import { presentHover } from '../present/hover.ts';
import { presentMeterItems } from '../present/meter-items.ts';
import type { MeterItem } from '../present/meter-items.ts';
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
  const items = new Map<string, StatusBarItem>();
  const drawing = state.draw((connection) => {
    const now = Date.now();
    const { port } = readPlace();
    const taste = readTaste();
    const shown = presentMeterItems(voice, connection, taste, port, now);
    for (const [id, item] of items) {
      if (shown.some((each) => each.id === id)) continue;
      item.dispose();
      items.delete(id);
    }
    for (const [i, { id, name, view, account }] of shown.entries()) {
      const item = items.get(id) ?? open(id, name, i);
      const background = BACKGROUND[view.tone];
      item.text = view.text;
      item.accessibilityInformation = { label: view.label, role: 'button' };
      item.backgroundColor = background === undefined ? undefined : new ThemeColor(background);
      item.color = view.tone === 'dimmed' ? new ThemeColor('planward.meter.staleForeground') : undefined;
      item.command = view.command;
      const hover = new MarkdownString(presentHover(voice, connection, port, now, taste, account), true);
      hover.isTrusted = { enabledCommands: HOVER_COMMANDS };
      item.tooltip = hover;
    }
  });

  function open(id: MeterItem['id'], name: string, place: number): StatusBarItem {
    const item = window.createStatusBarItem(id, StatusBarAlignment.Left, -10 - place / 100);
    item.name = name;
    item.show();
    items.set(id, item);
    return item;
  }

  return {
    dispose() {
      drawing.dispose();
      for (const item of items.values()) item.dispose();
    },
  };
}
