import type { ExchangePage } from '../core/exported-exchange.ts';
import type { History } from '../core/history.ts';
import type { Report } from '../core/report.ts';
import type { HoldAnswer } from '../core/scope-mode.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Transcript } from '../core/transcript.ts';
import {
  CONTROL,
  controlErrorSchema,
  forgottenSchema,
  liftedSchema,
  succeededSchema,
  taughtSchema,
  type FlagAction,
  type Lift,
  type TaughtEntry,
} from '../protocol/control.ts';
import { readExchangePage, type ExchangesQuery } from '../protocol/exchanges.ts';
import { readHistory, type HistoryQuery } from '../protocol/history.ts';
import { readReport } from '../protocol/report.ts';
import type { Endpoint } from '../protocol/endpoint.ts';
import { relaySettingsSchema } from '../protocol/relay-settings.ts';
import type { RelaySettings, RelaySettingsPatch } from '../protocol/relay-settings.ts';
import { readSnapshot } from '../protocol/snapshot.ts';
import { readTranscript } from '../protocol/transcript.ts';
import { requestLoopback } from './loopback-request.ts';
import type { LoopbackRequest } from './loopback-request.ts';

/** How long a relay may take to hand its port over: its successor starts meanwhile. */
const SUCCESSION_MS = 12_000;

/** Where the relay listens and the token that opens its control API. */
export type RelayAddress = Pick<Endpoint, 'port' | 'token'>;

/**
 * - `unreachable`: nobody answered in time.
 * - `unauthorised`: the token is not this relay's (it was started anew since).
 * - `refused`: the relay said no; `message` is its sentence.
 * - `unreadable`: it answered in a shape this program does not know.
 */
export type Called<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly reason: 'unreachable' | 'unauthorised' | 'refused' | 'unreadable';
      readonly message: string;
    };

/** What the relay knows now. Never throws. */
export function fetchSnapshot(relay: RelayAddress): Promise<Called<Snapshot>> {
  return call(relay, { path: CONTROL.snapshot }, readSnapshot);
}

/** What the ledger holds since an instant, in ms since epoch. A long span takes seconds to read. Never throws. */
export function fetchReport(relay: RelayAddress, since: number): Promise<Called<Report>> {
  return call(
    relay,
    { path: `${CONTROL.report}?since=${Math.max(0, Math.floor(since))}`, timeoutMs: 60_000 },
    readReport,
  );
}

/** A page of the exchanges of a span, oldest first. Never throws. */
export function fetchExchanges(relay: RelayAddress, query: ExchangesQuery): Promise<Called<ExchangePage>> {
  return call(relay, { path: `${CONTROL.exchanges}?${asQuery(query)}`, timeoutMs: 30_000 }, readExchangePage);
}

/** What the relay knows now, in the text format of Prometheus. Never throws. */
export function fetchMetrics(relay: RelayAddress): Promise<Called<string>> {
  return call(relay, { path: CONTROL.metrics }, (text) => text);
}

/** One account's past in buckets. Never throws. */
export function fetchHistory(relay: RelayAddress, query: HistoryQuery): Promise<Called<History>> {
  return call(relay, { path: `${CONTROL.history}?${asQuery(query)}`, timeoutMs: 15_000 }, readHistory);
}

/** The relay's settings as they are in force. Never throws. */
export function fetchSettings(relay: RelayAddress): Promise<Called<RelaySettings>> {
  return call(relay, { path: CONTROL.settings }, readSettings);
}

/** Replaces the keys the patch names; gives the settings now in force. Never throws. */
export function patchSettings(relay: RelayAddress, patch: RelaySettingsPatch): Promise<Called<RelaySettings>> {
  return call(relay, { path: CONTROL.settings, method: 'PATCH', body: patch }, readSettings);
}

/** Asks the relay to close its listener, finish its streams and exit. Answers before it has. Never throws. */
export function drainRelay(relay: RelayAddress): Promise<Called<true>> {
  return call(relay, { path: CONTROL.drain, method: 'POST' }, () => true);
}

/** Asks an older relay to let that version, installed in its home, take its port over. It goes on where that fails. Never throws. */
export function succeedRelay(relay: RelayAddress, version: string): Promise<Called<number>> {
  return call(
    relay,
    { path: CONTROL.succeed, method: 'POST', body: { version }, timeoutMs: SUCCESSION_MS },
    (text) => succeededSchema.safeParse(parseJson(text)).data?.pid,
  );
}

/** Lets the traffic of a key go on that was stopped after a policy stop, or by the user's guard; false where it was not. Never throws. */
export function liftStop(
  relay: RelayAddress,
  key: { readonly providerId: string; readonly accountKey: string; readonly what?: Lift['what'] },
): Promise<Called<boolean>> {
  return call(
    relay,
    { path: CONTROL.lift, method: 'POST', body: key },
    (text) => liftedSchema.safeParse(parseJson(text)).data?.ok,
  );
}

/**
 * Takes a flag away, and with `coding` teaches that prompts like its are coding; false where it is gone already. Never throws.
 */
export function settleFlag(
  relay: RelayAddress,
  id: string,
  action: FlagAction,
  reason?: string,
): Promise<Called<boolean>> {
  return call(
    relay,
    { path: CONTROL.flag, method: 'POST', body: { id, action, ...(reason === undefined ? {} : { reason }) } },
    (text) => liftedSchema.safeParse(parseJson(text)).data?.ok,
  );
}

/** What was called coding, newest first. Never throws. */
export function fetchTaught(relay: RelayAddress): Promise<Called<readonly TaughtEntry[]>> {
  return call(relay, { path: CONTROL.taught }, (text) => taughtSchema.safeParse(parseJson(text)).data?.prompts);
}

/** Takes back what was called coding; how many of these were known. Never throws. */
export function forgetTaught(relay: RelayAddress, ids: readonly string[]): Promise<Called<number>> {
  return call(
    relay,
    { path: CONTROL.taught, method: 'POST', body: { forget: ids } },
    (text) => forgottenSchema.safeParse(parseJson(text)).data?.forgotten,
  );
}

/** The user's word on a held turn; false where it is over already. Never throws. */
export function answerHold(relay: RelayAddress, id: string, answer: HoldAnswer): Promise<Called<boolean>> {
  return call(
    relay,
    { path: CONTROL.hold, method: 'POST', body: { id, answer } },
    (text) => liftedSchema.safeParse(parseJson(text)).data?.ok,
  );
}

/** The turns of a session that the Snapshot lists; `refused` where it is gone. Never throws. */
export function fetchTranscript(relay: RelayAddress, id: string): Promise<Called<Transcript>> {
  return call(relay, { path: `${CONTROL.turns}?id=${encodeURIComponent(id)}` }, readTranscript);
}

function asQuery(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return new URLSearchParams(given).toString();
}

async function call<T>(
  relay: RelayAddress,
  asked: Omit<LoopbackRequest, 'port' | 'token'>,
  read: (text: string) => T | undefined,
): Promise<Called<T>> {
  const reply = await requestLoopback({ ...asked, port: relay.port, token: relay.token });
  if (!reply.ok) return { ok: false, reason: 'unreachable', message: `The relay did not answer: ${reply.message}.` };
  if (reply.status === 401 || reply.status === 403) {
    return { ok: false, reason: 'unauthorised', message: 'The relay does not know our token; it was started anew.' };
  }
  if (reply.status < 200 || reply.status > 299) {
    return { ok: false, reason: 'refused', message: readError(reply.text) ?? `The relay answered ${reply.status}.` };
  }
  const value = read(reply.text);
  if (value === undefined) {
    return { ok: false, reason: 'unreadable', message: 'The relay answered in a form this version does not know.' };
  }
  return { ok: true, value };
}

function readSettings(text: string): RelaySettings | undefined {
  return relaySettingsSchema.safeParse(parseJson(text)).data;
}

function readError(text: string): string | undefined {
  return controlErrorSchema.safeParse(parseJson(text)).data?.error.message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
