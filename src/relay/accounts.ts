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
  of(provider: Provider, headers: Headers, where: { readonly path: string; readonly url: string }): Account | undefined;
}

const MAX_KNOWN = 1000;

/** Tells accounts apart by their credentials, remembering each hash so that a busy key is hashed once. */
export function createAccounts(salt: Uint8Array): Accounts {
  const known = new Map<string, Account>();
  return {
    of(provider, headers, { path, url }) {
      const credential = provider.credential(headers, url);
      if (credential === undefined) return undefined;
      // A plan's key on a path the plan does not cover is another purse: pay-as-you-go, counted apart.
      const covered = provider.poll?.covers(path) ?? true;
      const identity = `${provider.accountId?.(headers) ?? credential}${covered ? '' : ' beside the plan'}`;
      const id = `${provider.id} ${identity}`;
      let account = known.get(id);
      if (account === undefined) {
        if (known.size >= MAX_KNOWN) known.clear();
        account = { key: accountKeyOf(salt, provider.id, identity), credential };
        known.set(id, account);
      }
      // A renewed token names the same account; the poller needs the one that holds now.
      return account.credential === credential ? account : { ...account, credential };
    },
  };
}
