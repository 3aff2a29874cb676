import { workspace } from 'vscode';
import type { Disposable, LogOutputChannel, Memento } from 'vscode';
import type { Endpoint } from '../protocol/endpoint.ts';
import type { Demo } from './demo.ts';
import { PUSHED } from './settings.ts';
import type { State } from './state.ts';

/** Sends the relay-wide settings to each relay we connect to, and again when they change. A demo's relay gets none. */
export function syncSettings(state: State, demo: Demo, memory: Memento, log: LogOutputChannel): Disposable {
  let told: Endpoint['token'] | undefined;
  async function push(endpoint: Endpoint, reset: ReadonlySet<string>): Promise<void> {
    const { pushSettings } = await import('./push-settings.ts');
    await pushSettings(endpoint, reset, memory, log);
  }
  const drawing = state.draw(({ state: now, endpoint }) => {
    if (demo.place() !== undefined) return;
    if (now !== 'live' || endpoint === undefined || endpoint.token === told) return;
    told = endpoint.token;
    void push(endpoint, new Set());
  });
  const changed = workspace.onDidChangeConfiguration((change) => {
    if (!change.affectsConfiguration('planward')) return;
    const { state: now, endpoint } = state.current();
    const reset = new Set(Object.keys(PUSHED).filter((key) => change.affectsConfiguration(`planward.${key}`)));
    if (now === 'live' && endpoint !== undefined && demo.place() === undefined) void push(endpoint, reset);
    state.redraw();
  });
  return {
    dispose() {
      drawing.dispose();
      changed.dispose();
    },
  };
}
