import type { RelayConnection } from '../../client/watch-relay.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { AccountView } from '../../core/snapshot.ts';
import type { DashboardAccount, DashboardCard, DashboardView } from '../../protocol/dashboard.ts';
import { formatSpan } from './span.ts';
import { forecastOf, sayOutlook, sayPace, sayTurnsLeft } from './forecast-words.ts';
import { namePlan } from './name-plan.ts';
import { nameWindow, standingOf } from './quota-words.ts';
import { describeConnection } from './relay-words.ts';
import { sayAmount, sayPeak, sayPoll, sayReset, saySource, sayUse } from './usage-words.ts';
import type { Voice } from './voice.ts';
import { speakUse } from './window-node.ts';

/** Balances and windows of an hour or less have no course to draw, and crowd a page out. */
const MOST_CARDS = 6;

/**
 * What the dashboard says now. Where the relay is gone, what was known last stays, with its age and one next step:
 *
 * | connection | state | next step |
 * | --- | --- | --- |
 * | lost | lost | start the relay; the log where it cannot be started |
 * | starting, not tried yet | waiting | none |
 * | live, no account yet | empty | connect an agent |
 * | live | live | none |
 */
export function presentDashboard(voice: Voice, connection: RelayConnection, port: number, now: number): DashboardView {
  const { t } = voice;
  const accounts = (connection.snapshot?.accounts ?? []).map((account) => presentAccount(voice, account, now));
  const { state, snapshot } = connection;
  if (state === 'live' && accounts.length > 0) return { now, state: 'live', accounts };
  if (state === 'live') {
    const message = t('No agent has sent anything through the relay yet. Connect one, and its use is drawn here.');
    return {
      now,
      state: 'empty',
      message,
      action: { label: t('Connect an agent…'), command: 'planward.connectAgent' },
      accounts,
    };
  }
  const why = describeConnection(voice, connection, port);
  const age = snapshot === undefined ? '' : ` ${t('What is shown is {0} old.', formatSpan(voice, now - snapshot.at))}`;
  if (state !== 'lost') return { now, state: 'waiting', message: `${why}${age}`, accounts };
  const stuck = connection.reason !== undefined && connection.reason !== 'off';
  return {
    now,
    state: 'lost',
    message: `${why}${age}`,
    action: stuck
      ? { label: t('Show Log'), command: 'planward.showLog' }
      : { label: t('Start Relay'), command: 'planward.startRelay' },
    accounts,
  };
}

function presentAccount(voice: Voice, account: AccountView, now: number): DashboardAccount {
  const notes = [sayPeak(voice, account.peak, now), sayPoll(voice, account.poll, now)];
  return {
    providerId: account.providerId,
    accountKey: account.accountKey,
    name: namePlan(account),
    notes: notes.flatMap((note) => (note === undefined ? [] : [note])),
    cards: account.windows.slice(0, MOST_CARDS).map((window) => presentCard(voice, window, now)),
  };
}

function presentCard(voice: Voice, window: QuotaWindow, now: number): DashboardCard {
  const forecast = forecastOf(window, now);
  const outlook = [sayOutlook(voice, window, now), sayTurnsLeft(voice, window, now)].flatMap((line) =>
    line === undefined ? [] : [line],
  );
  return {
    id: window.id,
    name: nameWindow(voice, window),
    use: sayUse(voice, window, now),
    amount: sayAmount(voice, window, now),
    resets: standingOf(window, now) === 'expired' ? undefined : sayReset(voice, window, now),
    pace: forecast === undefined ? undefined : sayPace(voice, forecast),
    outlook: outlook.length === 0 ? undefined : outlook.join('. '),
    source: saySource(voice, window, now),
    stale: standingOf(window, now) !== 'fresh',
    level: window.level,
    exhaustsAt: forecast?.exhaustsAt,
    spoken: speakUse(voice, window, now),
  };
}
