import type { Disposable, EnvironmentVariableCollection } from 'vscode';
import { TERMINAL_ROUTES } from '../../agents/terminal-routes.ts';
import { terminalVariables } from '../present/terminal-variables.ts';
import type { Voice } from '../present/voice.ts';
import { readRoute } from '../settings.ts';
import type { Demo } from '../demo.ts';
import type { State } from '../state.ts';

/**
 * Points agents in new terminals at the relay where the user switched that on, and takes it back when it is switched off or
 * the relay is lost. It is not kept over a restart of the window: a terminal must never be pointed at a relay that nobody
 * looks after, and an uninstalled extension must leave nothing behind.
 */
export function createTerminalEnvironment(
  voice: Voice,
  state: State,
  demo: Demo,
  collection: EnvironmentVariableCollection,
): Disposable {
  collection.persistent = false;
  collection.description = voice.t('Points coding agents at the Planward relay (setting planward.terminals).');
  let applied = '[]';
  return state.draw((connection) => {
    // A real agent never talks to a demo's mock provider: what terminals had stays as it is meanwhile.
    if (demo.place() !== undefined) return;
    // While the relay restarts, the address stays: it comes back on the same port within a second.
    const port = connection.state === 'lost' || connection.state === 'unknown' ? undefined : connection.endpoint?.port;
    if (port === undefined && connection.state === 'starting') return;
    const variables = port === undefined ? [] : terminalVariables(TERMINAL_ROUTES, readRoute, port, process.env);
    const next = JSON.stringify(variables);
    if (next === applied) return;
    applied = next;
    collection.clear();
    for (const { name, how, value } of variables) {
      if (how === 'set') collection.replace(name, value);
      else collection.append(name, value);
    }
  });
}
