import { readFile } from 'node:fs/promises';
import { endpointSchema, HEALTH_PATH, healthSchema, PROTOCOL, speaksSame } from '../protocol/endpoint.ts';
import type { Endpoint, Health } from '../protocol/endpoint.ts';
import { homePaths } from '../protocol/home.ts';
import { requestLoopback } from './loopback-request.ts';

/**
 * - `absent`: no endpoint file, no relay was started in this home.
 * - `broken-file`: there is one, but it cannot be read as one.
 * - `dead`: nobody answers on its port.
 * - `foreign`: somebody else answers there, or a relay of another home.
 * - `other-protocol`: our relay, of another major version of the control API; endpoint and health come along.
 */
export type FindResult =
  | { readonly ok: true; readonly endpoint: Endpoint; readonly health: Health }
  | { readonly ok: false; readonly reason: 'absent' | 'broken-file' | 'dead' | 'foreign'; readonly message: string }
  | {
      readonly ok: false;
      readonly reason: 'other-protocol';
      readonly message: string;
      readonly endpoint: Endpoint;
      readonly health: Health;
    };

/** Finds the relay of a home: endpoint file, then its health. Bounded by `timeoutMs` (2 s). Never throws. */
export async function findRelay(home: string, timeoutMs = 2000): Promise<FindResult> {
  const file = homePaths(home).endpoint;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { ok: false, reason: 'absent', message: 'No relay has been started yet.' };
    return { ok: false, reason: 'broken-file', message: `The endpoint file cannot be read: ${message}` };
  }
  const endpoint = readEndpoint(text);
  if (endpoint === undefined) {
    return {
      ok: false,
      reason: 'broken-file',
      message: 'The endpoint file is damaged; starting the relay replaces it.',
    };
  }
  const asked = await askHealth(endpoint.port, timeoutMs);
  if (asked.kind === 'nobody') {
    return { ok: false, reason: 'dead', message: `The relay that used port ${endpoint.port} has ended.` };
  }
  if (asked.kind === 'foreign' || asked.health.pid !== endpoint.pid) {
    const who = asked.kind === 'foreign' ? 'another program' : `another relay (process ${asked.health.pid})`;
    return { ok: false, reason: 'foreign', message: `Port ${endpoint.port} now belongs to ${who}.` };
  }
  const { health } = asked;
  if (!speaksSame(health.protocol, PROTOCOL)) {
    const message = `The running relay ${health.version} speaks protocol ${health.protocol}, this program ${PROTOCOL}.`;
    return { ok: false, reason: 'other-protocol', message, endpoint, health };
  }
  return { ok: true, endpoint, health };
}

/** An endpoint file's text; undefined where it is none. Never throws. */
export function readEndpoint(text: string): Endpoint | undefined {
  try {
    return endpointSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export type PortReading =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'ours'; readonly health: Health };

/** Who listens on a port of this machine. A listener that stays silent counts as foreign. Never throws. */
export async function askHealth(port: number, timeoutMs = 2000): Promise<PortReading> {
  const reply = await requestLoopback({ port, path: HEALTH_PATH, timeoutMs });
  if (!reply.ok) return { kind: reply.reason === 'refused' ? 'nobody' : 'foreign' };
  try {
    const health = healthSchema.safeParse(JSON.parse(reply.text));
    return health.success && reply.status === 200 ? { kind: 'ours', health: health.data } : { kind: 'foreign' };
  } catch {
    return { kind: 'foreign' };
  }
}
