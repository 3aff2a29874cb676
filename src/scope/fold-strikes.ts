import type { PolicyPack } from '../core/policy-pack.ts';
import type { ConfirmedStrike, Flag, StrikeCount } from '../core/strike.ts';

/** A policy stop is answered to every request while it lasts: answers this close together are one spell. */
const SPELL_MS = 3_600_000;

/**
 * Folds flags and confirmed stops into one count per account, the most recent first. Flags the user called coding or
 * dismissed do not count, nor do `unsure` ones; the requests of one turn count once. `packOf` gives the terms of a provider.
 */
export function foldStrikes(
  flags: readonly Flag[],
  confirmed: readonly ConfirmedStrike[],
  packOf: (providerId: string) => PolicyPack | undefined,
): readonly StrikeCount[] {
  const accounts = new Map<string, { turns: Map<string, string>; spells: number; lastStop: number; lastAt: number }>();
  const accountOf = (providerId: string, accountKey: string, at: number) => {
    const key = `${providerId}\n${accountKey}`;
    const account = accounts.get(key) ?? {
      turns: new Map<string, string>(),
      spells: 0,
      lastStop: -Infinity,
      lastAt: at,
    };
    account.lastAt = Math.max(account.lastAt, at);
    accounts.set(key, account);
    return account;
  };
  for (const flag of flags) {
    if (flag.state !== 'open' || flag.decision !== 'out-of-scope') continue;
    accountOf(flag.providerId, flag.accountKey, flag.at).turns.set(flag.turnKey, flag.ruleId);
  }
  for (const stop of confirmed.toSorted((a, b) => a.at - b.at)) {
    const account = accountOf(stop.providerId, stop.accountKey, stop.at);
    if (stop.at - account.lastStop >= SPELL_MS) account.spells++;
    account.lastStop = stop.at;
  }
  return [...accounts]
    .map(([key, { turns, spells, lastAt }]): StrikeCount => {
      const [providerId, accountKey] = key.split('\n') as [string, string];
      const byRule: Record<string, number> = {};
      for (const rule of turns.values()) byRule[rule] = (byRule[rule] ?? 0) + 1;
      const strikes = packOf(providerId)?.strikes;
      return {
        accountKey,
        providerId,
        confirmed: spells,
        ownFlags: turns.size,
        byRule,
        moreThan: strikes?.moreThan,
        note: strikes?.note,
        lastAt,
      };
    })
    .toSorted((a, b) => b.lastAt - a.lastAt);
}
