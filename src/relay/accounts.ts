import type { AccountAlias } from '../core/account-alias.ts';
import type { Headers, Provider } from '../core/provider.ts';
import { accountKeyOf } from './salt.ts';

export interface Account {
  /** Salted hash: what is written down. */
  readonly key: string;
  /** The secret itself: memory only. */
  readonly credential: string;
}

export interface Where {
  readonly path: string;
  readonly url: string;
}

/** What a key turned out to be. */
export type Learned = Omit<AccountAlias, 'seenAt'>;

export interface Accounts {
  /** Account of a request; undefined where it carries no credential. */
  of(provider: Provider, headers: Headers, where: Where): Account | undefined;
  /**
   * A body that names its account: from now on its credential's key is the account's. What changed, the first time; undefined
   * where nothing did. See the rule below.
   */
  learn(
    provider: Provider,
    headers: Headers,
    where: Where,
    body: Readonly<Record<string, unknown>> | undefined,
  ): Learned | undefined;
  /** What was learned before this start. */
  remember(aliases: readonly Pick<AccountAlias, 'accountKey' | 'sameAs'>[]): void;
  /** The key that stays, for any key of the same account. */
  nowOf(accountKey: string): string;
  /** Every key of the account, the one that stays first. */
  keysOf(accountKey: string): readonly string[];
}

const MAX_KNOWN = 1000;
const MAX_STEPS = 4;

/**
 * Tells accounts apart by their credentials, remembering each hash so that a busy key is hashed once. Which keys are one
 * account, first match:
 *
 * | the request | its account is named by |
 * | --- | --- |
 * | has an id of the account in its head (`Provider.accountId`) | that id |
 * | its body named the account (`Provider.accountIdOfBody`), now or at an earlier request with this credential | that id |
 * | else | the credential |
 *
 * Requests on paths that the plan does not cover are an account of their own in all three.
 */
export function createAccounts(salt: Uint8Array): Accounts {
  const known = new Map<string, Account>();
  const aliases = new Map<string, string>();
  /** A key may have been told to be another one more than once; never in a circle of more than a few. */
  const nowOf = (key: string): string => {
    let now = key;
    for (let i = 0; i < MAX_STEPS && aliases.has(now); i++) now = aliases.get(now)!;
    return now;
  };

  function byCredential(provider: Provider, headers: Headers, { path, url }: Where) {
    const credential = provider.credential(headers, url);
    if (credential === undefined) return undefined;
    // A plan's key on a path the plan does not cover is another purse: pay-as-you-go, counted apart.
    const beside = (provider.poll?.covers(path) ?? true) ? '' : ' beside the plan';
    const named = provider.accountId?.(headers);
    const identity = `${named ?? credential}${beside}`;
    const id = `${provider.id} ${identity}`;
    let account = known.get(id);
    if (account === undefined) {
      if (known.size >= MAX_KNOWN) known.clear();
      account = { key: accountKeyOf(salt, provider.id, identity), credential };
      known.set(id, account);
    }
    return { account, credential, beside, named: named !== undefined };
  }

  return {
    of(provider, headers, where) {
      const found = byCredential(provider, headers, where);
      if (found === undefined) return undefined;
      const { account, credential } = found;
      const key = nowOf(account.key);
      // A renewed token names the same account; the poller needs the one that holds now.
      return account.key === key && account.credential === credential ? account : { key, credential };
    },
    learn(provider, headers, where, body) {
      if (body === undefined || provider.accountIdOfBody === undefined) return undefined;
      const found = byCredential(provider, headers, where);
      if (found === undefined || found.named) return undefined;
      const id = provider.accountIdOfBody(found.credential, body);
      if (id === undefined) return undefined;
      const sameAs = accountKeyOf(salt, provider.id, `account ${id}${found.beside}`);
      const { key } = found.account;
      if (aliases.get(key) === sameAs) return undefined;
      aliases.set(key, sameAs);
      return { providerId: provider.id, accountKey: key, sameAs };
    },
    remember(before) {
      for (const { accountKey, sameAs } of before) if (!aliases.has(accountKey)) aliases.set(accountKey, sameAs);
    },
    nowOf,
    keysOf(accountKey) {
      const key = nowOf(accountKey);
      return [key, ...[...aliases.keys()].filter((other) => other !== key && nowOf(other) === key)];
    },
  };
}
