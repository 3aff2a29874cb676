import { createHash, randomBytes } from 'node:crypto';
import type { RequestCopy } from './request-copy.ts';

/** Of this process: what is told of a request elsewhere says nothing about its text. */
const SALT = randomBytes(16);

/**
 * Names a request by who sent it and what it says, to tell the same bytes again: its length, what is kept of its beginning
 * and of its end, where the newest turn stands.
 */
export function fingerprintOf(accountKey: string | undefined, sessionHint: string, copy: RequestCopy): string {
  const hash = createHash('sha1')
    .update(SALT)
    .update(`${accountKey ?? ''}\n${sessionHint}\n${copy.bytes}\n`);
  hash.update(copy.start().slice(0, 4096), 'latin1');
  return hash.update(copy.end()).digest('base64url').slice(0, 16);
}
