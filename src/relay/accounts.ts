import type { Headers, Provider } from '../core/provider.ts';
import { accountKeyOf } from './salt.ts';

export interface Account {
  /** Salted hash: what is written down. */
  readonly key: string;
  /** The secret itself: memory only. */
  readonly credential: string;
}

export interface Accounts {
  /** Account of a request; undefined where it carries no credential. */
  of(provider: Provider, headers: Headers, path: string): Account | undefined;
}

const MAX_KNOWN = 1000;

/** Tells accounts apart by their credentials, remembering each hash so that a busy key is hashed once. */
export function createAccounts(salt: Uint8Array): Accounts {
  const known = new Map<string, Account>();
  return {
    of(provider, headers, path) {
      const credential = provider.credential(headers, path);
      if (credential === undefined) return undefined;
      const id = `${provider.id} ${credential}`;
      let account = known.get(id);
      if (account === undefined) {
        if (known.size >= MAX_KNOWN) known.clear();
        account = { key: accountKeyOf(salt, provider.id, credential), credential };
        known.set(id, account);
      }
      return account;
    },
  };
}
