import { commands } from 'vscode';
import type { Disposable } from 'vscode';
import type { Machine } from '../machine.ts';
import type { State } from '../state.ts';

/**
 * Context keys for when-clauses of menus, welcome texts and the walkthrough:
 * `planward.relay` is the connection's state, `planward.stopped` whether a key is stopped, `planward.held` whether a request waits for the user's word, `planward.guarded` whether a guard holds requests, `planward.routed` whether an agent
 * sends through the relay or is pointed at it.
 */
export function createRelayContext(state: State, machine: Machine): Disposable {
  const told = new Map<string, unknown>();
  const tell = (key: string, value: unknown): void => {
    if (told.get(key) === value) return;
    told.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
  return state.draw(({ state: now, reason, snapshot }) => {
    const live = now === 'live' ? snapshot : undefined;
    // Before anything was tried there is no reason why it cannot be read.
    tell('planward.relay', now === 'unknown' && reason === undefined ? 'starting' : now);
    tell('planward.guarded', live?.guarded?.some(({ lifted }) => !lifted) === true);
    tell('planward.held', (live?.holds?.length ?? 0) > 0);
    tell('planward.stopped', (live?.stopped.length ?? 0) > 0);
    const routed = machine.states().some(({ state: standing }) => standing === 'connected');
    tell('planward.routed', routed || (live?.agents.length ?? 0) > 0);
  });
}
