import { workspace } from 'vscode';
import { watchRelay, type RelayWatch } from '../client/watch-relay.ts';
import type { Demo } from './demo.ts';
import { readPlace } from './settings.ts';
import type { State } from './state.ts';

/** The watch on the home and port of the settings; it moves when they change, and to a demo's relay and back by `reopen`. */
export interface RelayFollow extends RelayWatch {
  reopen(): void;
}

export function followRelay(
  state: State,
  demo: Demo,
  program: { readonly version: string; readonly relayScript: string },
): RelayFollow {
  const open = (): RelayWatch =>
    watchRelay({
      ...readPlace(),
      ...(demo.place() === undefined ? {} : { ...demo.place(), autoStart: false }),
      ...program,
      onChange: (connection) => state.update(connection),
    });
  let place = readPlace();
  let current = open();
  const moved = workspace.onDidChangeConfiguration((change) => {
    if (!change.affectsConfiguration('planward.relay')) return;
    const next = readPlace();
    if (next.home === place.home && next.port === place.port && next.autoStart === place.autoStart) return;
    const rebind = next.port !== place.port && next.home === place.home && state.current().endpoint?.port !== next.port;
    place = next;
    current.dispose();
    current = open();
    if (rebind && next.autoStart) current.restart();
  });
  return {
    // A demo's relay is the demo's own to start.
    start: () => demo.place() === undefined && current.start(),
    restart: () => demo.place() === undefined && current.restart(),
    reopen() {
      current.dispose();
      state.update({ state: 'starting' });
      current = open();
    },
    dispose() {
      moved.dispose();
      current.dispose();
    },
  };
}
