import { window } from 'vscode';
import type { RelayWatch } from '../../client/watch-relay.ts';
import type { Voice } from '../present/voice.ts';
import type { State } from '../state.ts';

/** Starts the relay, or says that it runs. */
export function startRelay(voice: Voice, state: State, watch: RelayWatch): void {
  const { state: now, endpoint } = state.current();
  if (now === 'live') {
    window.setStatusBarMessage(voice.t('The relay is running on port {0}.', String(endpoint?.port ?? '')), 5000);
    return;
  }
  watch.start();
}
