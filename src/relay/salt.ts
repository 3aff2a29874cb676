import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, statSync } from 'node:fs';
import { errorCode, unwritable, writeAtomically } from './atomic-file.ts';

const SALT_BYTES = 32;
/** Node takes bytes as a key four to ten times as slowly as a key made of them once. */
const keys = new WeakMap<Uint8Array, KeyObject>();

/** `renewed`: the file there was no salt and was replaced, so known accounts appear under new keys. */
export type OpenedSalt =
  | { readonly kept: true; readonly salt: Uint8Array; readonly renewed: boolean }
  /** Lives as long as the relay: accounts get new keys at its next start. */
  | { readonly kept: false; readonly salt: Uint8Array; readonly reason: 'unwritable'; readonly message: string };

/**
 * The secret that account keys are made with: 32 random bytes, mode 0600, created once per home and never sent anywhere.
 * Of two relays that start at once both get the same. Never throws.
 */
export function openSalt(path: string): OpenedSalt {
  const found = readSalt(path);
  if (found.state === 'read') return { kept: true, salt: found.salt, renewed: false };
  const salt = randomBytes(SALT_BYTES);
  if (found.state === 'unreadable') return { ...unwritable(found.error), kept: false, salt };

  const renewed = found.state === 'broken';
  const draft = renewed ? path : `${path}.${process.pid}.0.tmp`;
  const written = writeAtomically(draft, salt);
  if (!written.ok) return { ...written, kept: false, salt };
  if (renewed) return { kept: true, salt, renewed };
  try {
    // A link, unlike a rename, fails where another relay was first; then its salt counts.
    linkSync(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') {
      // A file system without links: two relays starting in the same instant are the lesser trouble.
      const direct = writeAtomically(path, salt);
      if (!direct.ok) return { ...direct, kept: false, salt };
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const settled = readSalt(path);
  return settled.state === 'read'
    ? { kept: true, salt: settled.salt, renewed }
    : { kept: false, salt, reason: 'unwritable', message: `${path} cannot be read back` };
}

/**
 * Names an account without its credential: HMAC-SHA256 of provider and credential under the salt, base64url, 16 characters
 * (96 bits, so two credentials of one user never share a key in practice).
 */
export function accountKeyOf(salt: Uint8Array, providerId: string, credential: string): string {
  let key = keys.get(salt);
  if (key === undefined) keys.set(salt, (key = createSecretKey(salt)));
  return createHmac('sha256', key).update(`${providerId}\0${credential}`).digest('base64url').slice(0, 16);
}

type SaltReading =
  | { readonly state: 'read'; readonly salt: Uint8Array }
  | { readonly state: 'absent' | 'broken' }
  | { readonly state: 'unreadable'; readonly error: unknown };

function readSalt(path: string): SaltReading {
  try {
    const salt = readFileSync(path);
    if (salt.length !== SALT_BYTES) return { state: 'broken' };
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    return { state: 'read', salt };
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? { state: 'absent' } : { state: 'unreadable', error };
  }
}
