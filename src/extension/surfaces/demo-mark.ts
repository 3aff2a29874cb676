import { commands, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { Disposable } from 'vscode';
import type { Demo } from '../demo.ts';
import type { Voice } from '../present/voice.ts';

/** Says beside the meter that what it shows is simulated, as long as it is; a click stops the demo. */
export function createDemoMark({ t }: Voice, demo: Demo): Disposable & { draw(): void } {
  const item = window.createStatusBarItem('planward.demo', StatusBarAlignment.Left, -1);
  item.name = t('Planward demo');
  item.text = `$(beaker) ${t('Demo')}`;
  item.tooltip = t('What Planward shows is simulated. Click to stop the demo.');
  item.accessibilityInformation = { label: t('Planward demo: simulated traffic. Click to stop.'), role: 'button' };
  item.backgroundColor = new ThemeColor('statusBarItem.prominentBackground');
  item.command = 'planward.stopDemo';
  return {
    draw() {
      const on = demo.place() !== undefined;
      if (on) item.show();
      else item.hide();
      void commands.executeCommand('setContext', 'planward.demo', on);
    },
    dispose: () => item.dispose(),
  };
}
