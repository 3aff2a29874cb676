import { ProgressLocation, window } from 'vscode';
import type { Endpoint } from '../../protocol/endpoint.ts';
import type { CommandDeps } from './command-deps.ts';

const LONGEST_MS = 20_000;

/** The running relay; one is started where none runs. Undefined after 20 s without one, or where it cannot be started. */
export async function awaitRelay({ voice, state, watch }: CommandDeps): Promise<Endpoint | undefined> {
  const now = state.current();
  if (now.state === 'live') return now.endpoint;
  watch.start();
  const title = voice.t('The relay is starting.');
  return await window.withProgress({ location: ProgressLocation.Window, title }, async () => {
    let drawing: { dispose(): void } | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Endpoint | undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), LONGEST_MS);
        drawing = state.draw((connection) => {
          if (connection.state === 'live' && connection.endpoint !== undefined) resolve(connection.endpoint);
        });
      });
    } finally {
      clearTimeout(timer);
      drawing?.dispose();
    }
  });
}
