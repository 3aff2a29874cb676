import { readFileSync, rmSync } from 'node:fs';
import { endpointSchema, type Endpoint } from '../protocol/endpoint.ts';
import { errorCode, writeAtomically, type Written } from './atomic-file.ts';

export type EndpointReading =
  | { readonly ok: true; readonly endpoint: Endpoint }
  | { readonly ok: false; readonly reason: 'absent' | 'broken' | 'unreadable'; readonly message: string };

/** Tells other programs of this user how to reach the relay; replaces what an earlier relay left. Never throws. */
export function writeEndpoint(path: string, endpoint: Endpoint): Written {
  return writeAtomically(path, `${JSON.stringify(endpoint, undefined, 2)}\n`);
}

/** `broken`: the file is there and says no endpoint. Never throws. */
export function readEndpoint(path: string): EndpointReading {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const absent = errorCode(error) === 'ENOENT';
    return { ok: false, reason: absent ? 'absent' : 'unreadable', message: (error as Error).message };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'broken', message: `${path} is not JSON` };
  }
  const parsed = endpointSchema.safeParse(value);
  if (parsed.success) return { ok: true, endpoint: parsed.data };
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'all of it'))];
  return { ok: false, reason: 'broken', message: `${path} is no endpoint file (${fields.join(', ')})` };
}

/**
 * Removes the file if it still names this relay by pid and token; a newer relay's file stays. True where it was removed.
 * Never throws: a file left behind names a pid that is gone, which readers find out by asking its port.
 */
export function removeEndpoint(path: string, mine: Pick<Endpoint, 'pid' | 'token'>): boolean {
  const found = readEndpoint(path);
  if (!found.ok || found.endpoint.pid !== mine.pid || found.endpoint.token !== mine.token) return false;
  try {
    rmSync(path);
    return true;
  } catch {
    return false;
  }
}
