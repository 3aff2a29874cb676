import {
  fetchReport,
  fetchSettings,
  fetchTaught,
  forgetTaught,
  liftStop,
  patchSettings,
  settleFlag,
} from '../client/call-relay.ts';
import { answerHold, fetchTranscript } from '../client/call-relay.ts';
import type { Called } from '../client/call-relay.ts';
import type { Report } from '../core/report.ts';
import type { HoldAnswer } from '../core/scope-mode.ts';
import type { Transcript } from '../core/transcript.ts';
import type { FlagAction, TaughtEntry } from '../protocol/control.ts';
import type { RelaySettings, RelaySettingsPatch } from '../protocol/relay-settings.ts';
import type { State } from './state.ts';

/** What a user can change in a running relay. Every call says how it went, none throws. */
export interface RelayControls {
  settings(): Promise<Called<RelaySettings>>;
  /** Reads the settings, changes what `edit` gives, and sends that; nothing is sent where it gives nothing. */
  change(edit: (now: RelaySettings) => RelaySettingsPatch): Promise<Called<RelaySettings>>;
  /** Whether the request was still held. */
  answerHold(id: string, answer: HoldAnswer): Promise<Called<boolean>>;
  /** A session that the Snapshot lists. */
  transcript(id: string): Promise<Called<Transcript>>;
  /** What the ledger holds since that instant. */
  report(since: number): Promise<Called<Report>>;
  /** Whether there was a stop to lift. */
  lift(providerId: string, accountKey: string, what?: 'stop' | 'guard'): Promise<Called<boolean>>;
  /** Whether there was such a flag. */
  settleFlag(id: string, action: FlagAction, reason?: string): Promise<Called<boolean>>;
  /** What turns of agents were called coding, newest first. */
  taught(): Promise<Called<readonly TaughtEntry[]>>;
  forgetTaught(ids: readonly string[]): Promise<Called<number>>;
}

export function createRelayControls(state: State): RelayControls {
  const off = { ok: false, reason: 'unreachable', message: 'The relay is not running.' } as const;
  const endpoint = () => (state.current().state === 'live' ? state.current().endpoint : undefined);
  return {
    async settings() {
      const relay = endpoint();
      return relay === undefined ? off : await fetchSettings(relay);
    },
    async change(edit) {
      const relay = endpoint();
      if (relay === undefined) return off;
      const now = await fetchSettings(relay);
      if (!now.ok) return now;
      const patch = edit(now.value);
      return Object.keys(patch).length === 0 ? now : await patchSettings(relay, patch);
    },
    async answerHold(id, answer) {
      const relay = endpoint();
      return relay === undefined ? off : await answerHold(relay, id, answer);
    },
    async transcript(id) {
      const relay = endpoint();
      return relay === undefined ? off : await fetchTranscript(relay, id);
    },
    async report(since) {
      const relay = endpoint();
      return relay === undefined ? off : await fetchReport(relay, since);
    },
    async lift(providerId, accountKey, what = 'stop') {
      const relay = endpoint();
      return relay === undefined ? off : await liftStop(relay, { providerId, accountKey, what });
    },
    async settleFlag(id, action, reason) {
      const relay = endpoint();
      return relay === undefined ? off : await settleFlag(relay, id, action, reason);
    },
    async taught() {
      const relay = endpoint();
      return relay === undefined ? off : await fetchTaught(relay);
    },
    async forgetTaught(ids) {
      const relay = endpoint();
      return relay === undefined ? off : await forgetTaught(relay, ids);
    },
  };
}

/** A list with one entry put in, in front of nothing else. */
export function including(list: readonly string[], entry: string): string[] {
  return list.includes(entry) ? [...list] : [...list, entry];
}

export function without(list: readonly string[], entry: string): string[] {
  return list.filter((each) => each !== entry);
}
