import type { Exchange } from '../core/exchange.ts';
import type { Flag } from '../core/flag.ts';
import { policyEvents, type PolicyEvent, type StrikeView } from '../core/policy-event.ts';
import type { PolicyPack } from '../core/policy-pack.ts';
import type { ConfirmedStrike } from '../core/strike.ts';

export interface StrikesDeps {
  /** The terms a provider's plans are under. */
  readonly packOf: (providerId: string) => PolicyPack | undefined;
  /** Every key of an account; absent where each has one. */
  readonly keysOf?: (accountKey: string) => readonly string[];
  /** Flags of our own; absent where nothing judges requests. */
  readonly flags?: () => readonly Pick<Flag, 'providerId' | 'accountKey' | 'decision'>[];
}

export interface Strikes {
  /** What the ledger holds from before this start. */
  remember(confirmed: readonly ConfirmedStrike[]): void;
  /** Looks at how an exchange ended. */
  closed(exchange: Exchange): void;
  view(providerId: string, accountKey: string): StrikeView;
  /** Oldest first. */
  events(providerId: string, accountKey: string): readonly PolicyEvent[];
}

/** Newest of one account; one event of a busy agent is some hundreds. */
const KEPT = 2000;

/** Provider-confirmed policy events by account, since the ledger began. */
export function createStrikes({ packOf, flags, keysOf = (key) => [key] }: StrikesDeps): Strikes {
  const accounts = new Map<string, { confirmed: ConfirmedStrike[]; events: readonly PolicyEvent[] | undefined }>();

  function add(strike: ConfirmedStrike): void {
    const key = `${strike.providerId}\n${strike.accountKey}`;
    let of = accounts.get(key);
    if (of === undefined) accounts.set(key, (of = { confirmed: [], events: undefined }));
    of.confirmed.push(strike);
    of.events = undefined;
    if (of.confirmed.length >= 2 * KEPT) {
      of.confirmed = of.confirmed.toSorted((a, b) => a.at - b.at).slice(-KEPT);
    }
  }

  function events(providerId: string, accountKey: string): readonly PolicyEvent[] {
    const found = keysOf(accountKey).flatMap((key) => accounts.get(`${providerId}\n${key}`) ?? []);
    const [of, ...others] = found;
    if (of === undefined) return [];
    if (others.length > 0) return policyEvents(found.flatMap(({ confirmed }) => confirmed));
    return (of.events ??= policyEvents(of.confirmed));
  }

  /** Only providers whose terms are known are judged. */
  function ownFlags(providerId: string, accountKey: string): StrikeView['ownFlags'] {
    if (flags === undefined || packOf(providerId) === undefined) return 'not-judged';
    const keys = keysOf(accountKey);
    const mine = flags().filter((flag) => flag.providerId === providerId && keys.includes(flag.accountKey ?? ''));
    return mine.filter(({ decision }) => decision === 'out-of-scope').length;
  }

  return {
    remember(confirmed) {
      for (const strike of confirmed) add(strike);
    },
    closed({ policyCode, providerId, accountKey, startedAt }) {
      if (policyCode !== undefined) add({ providerId, accountKey: accountKey ?? '', at: startedAt, code: policyCode });
    },
    view(providerId, accountKey) {
      const all = events(providerId, accountKey);
      const last = all.at(-1);
      const terms = packOf(providerId)?.strikes;
      return {
        confirmed: all.length,
        refusals: all.reduce((sum, { refusals }) => sum + refusals, 0),
        lastAt: last?.lastAt,
        lastCode: last?.codes.at(-1),
        moreThan: terms?.moreThan,
        note: terms?.note ?? 'The terms name no number of violations, and the provider publishes no counter.',
        ownFlags: ownFlags(providerId, accountKey),
      };
    },
    events,
  };
}
