import type { AccountAlias } from '../core/account-alias.ts';
import type { Database } from './sqlite.ts';

export interface AliasBook {
  /** A later word on the same key takes the place of the earlier one. */
  addAlias(alias: AccountAlias): boolean;
  /** Newest first. */
  aliases(): AccountAlias[];
}

/** Keys of one account. Never pruned with the exchanges: a row is small, and a key may come back. Methods throw SQLite's errors. */
export function createAliasBook(db: Database): AliasBook {
  const upsert = db.prepare(`INSERT INTO account_alias (account_key, provider_id, same_as, seen_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (account_key) DO UPDATE SET same_as = excluded.same_as, seen_at = excluded.seen_at`);
  const select = db.prepare('SELECT * FROM account_alias ORDER BY seen_at DESC, account_key LIMIT 5000');
  return {
    addAlias: ({ accountKey, providerId, sameAs, seenAt }) =>
      upsert.run(accountKey, providerId, sameAs, seenAt).changes > 0,
    aliases: () =>
      select.all().map((row) => ({
        providerId: String(row['provider_id']),
        accountKey: String(row['account_key']),
        sameAs: String(row['same_as']),
        seenAt: Number(row['seen_at']),
      })),
  };
}
