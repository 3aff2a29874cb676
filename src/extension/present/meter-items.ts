import type { RelayConnection } from '../../client/watch-relay.ts';
import type { AccountView } from '../../core/snapshot.ts';
import { chooseAccount } from './choose-account.ts';
import { presentMeter } from './meter.ts';
import type { MeterTaste, MeterView } from './meter-view.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

const DAY_MS = 86_400_000;
const MOST_ITEMS = 6;

export interface MeterItem {
  /** Stable: `planward.meter`, and `planward.meter.<provider>` where each has its own. */
  readonly id: string;
  /** How VS Code lists the entry where the user hides or shows it. */
  readonly name: string;
  readonly view: MeterView;
  /** The account it shows; undefined for the one entry that shows what matters most. */
  readonly account: AccountView | undefined;
}

/**
 * The entries of the status bar, left first. One, or where the user wants that one for each provider used in the last day, by
 * name: an entry keeps its place whatever its figures do. While the relay is not live, or no account is known, it is one.
 */
export function presentMeterItems(
  voice: Voice,
  connection: RelayConnection,
  taste: MeterTaste,
  port: number,
  now: number,
): readonly MeterItem[] {
  const name = voice.t('Planward: plan usage');
  const accounts = connection.state === 'live' ? (connection.snapshot?.accounts ?? []) : [];
  const recent = accounts.filter(({ lastSeenAt, inFlight }) => inFlight > 0 || now - lastSeenAt < DAY_MS);
  if (taste.items !== 'perProvider' || recent.length === 0) {
    return [
      { id: 'planward.meter', name, view: presentMeter(voice, connection, taste, port, now), account: undefined },
    ];
  }
  const providers = Map.groupBy(recent, ({ providerId }) => providerId);
  return [...providers]
    .flatMap(([providerId, own]) => {
      const account = chooseAccount(own, now);
      return account === undefined ? [] : [{ providerId, account }];
    })
    .toSorted((a, b) => a.account.providerName.localeCompare(b.account.providerName))
    .slice(0, MOST_ITEMS)
    .map(({ providerId, account }) => ({
      id: `planward.meter.${providerId}`,
      name: `${name} (${plainText(account.providerName, 40)})`,
      view: presentMeter(voice, connection, taste, port, now, account),
      account,
    }));
}
