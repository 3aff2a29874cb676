import { commands, window } from 'vscode';
import type { Disposable } from 'vscode';
import type { Machine } from '../machine.ts';
import type { State } from '../state.ts';

/**
 * Marks steps of the walkthrough that were done before it was opened. VS Code takes a context key as done only when it becomes true
 * after the walkthrough is known, and it is known late: so a key of each step turns true for a moment whenever a tab opens.
 */
export function createWalkthroughProgress(state: State, machine: Machine): Disposable {
  const pulse = async (key: string): Promise<void> => {
    await commands.executeCommand('setContext', key, true);
    await commands.executeCommand('setContext', key, false);
  };
  return window.tabGroups.onDidChangeTabs(({ opened }) => {
    if (opened.length === 0) return;
    const { state: now, snapshot } = state.current();
    if (now !== 'live') return;
    void pulse('planward.step.relay');
    const routed = machine.states().some(({ state: standing }) => standing === 'connected');
    if (routed || (snapshot?.agents.length ?? 0) > 0) void pulse('planward.step.routed');
  });
}
