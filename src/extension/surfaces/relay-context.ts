import { commands } from 'vscode';
import type { Disposable } from 'vscode';
import type { State } from '../state.ts';

/** Keeps the context key `planward.relay` at the connection's state, for when-clauses of menus and welcome texts. */
export function createRelayContext(state: State): Disposable {
  let told: string | undefined;
  return state.draw((connection) => {
    if (connection.state === told) return;
    told = connection.state;
    void commands.executeCommand('setContext', 'planward.relay', told);
  });
}
