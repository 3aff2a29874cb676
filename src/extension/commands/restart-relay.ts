import { window } from 'vscode';
import type { RelayWatch } from '../../client/watch-relay.ts';
import type { Voice } from '../present/voice.ts';

/** Brings up a fresh relay. The running one takes no new requests and finishes those under way. */
export function restartRelay(voice: Voice, watch: RelayWatch): void {
  window.setStatusBarMessage(voice.t('The relay restarts. Requests under way are finished.'), 5000);
  watch.restart();
}
