import type { RelayConnection } from '../../client/watch-relay.ts';
import { bindingWindow } from '../../core/quota-window.ts';
import type { AccountView, ExchangeView, Snapshot } from '../../core/snapshot.ts';
import type { CommandId } from '../registry/commands.ts';
import { iconOf, nameExchange, sayExchange } from './exchange-words.ts';
import { sayOutlook, sayTurnsLeft } from './forecast-words.ts';
import { namePlan } from './name-plan.ts';
import { queueOf, sayQueue } from './pacer-words.ts';
import { plainText } from './plain-text.ts';
import { nameWindow } from './quota-words.ts';
import { describeConnection } from './relay-words.ts';
import { formatAge, formatShortSpan } from './span.ts';
import { drawUse, sayAmount, sayPoll, sayReset, saySource, sayUse } from './usage-words.ts';
import type { Voice } from './voice.ts';

/** One line of the dashboard for the keyboard. A line without `command` only informs. */
export interface UsagePick {
  readonly kind: 'separator' | 'line';
  /** Stable between snapshots, so that the selection stays on its line. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly command?: CommandId;
}

const MOST_RECENT = 5;
const BAR_CELLS = 12;

/** What *Show Plan Usage* lists: a section per plan, the latest requests, then what can be done. */
export function presentUsagePicks(voice: Voice, connection: RelayConnection, port: number, now: number): UsagePick[] {
  const { t } = voice;
  const { snapshot } = connection;
  const live = connection.state === 'live';
  const accounts = snapshot?.accounts ?? [];
  const recent = snapshot?.recent.slice(0, MOST_RECENT) ?? [];
  return [
    ...(live ? [] : [line('state', `$(info) ${describeConnection(voice, connection, port)}`)]),
    ...accounts.flatMap((account) => presentAccount(voice, snapshot, account, now)),
    ...(live && accounts.length === 0 ? [line('empty', t('No agent has sent a request through the relay yet.'))] : []),
    ...(recent.length === 0 ? [] : [separator(t('Latest requests'))]),
    ...recent.map((exchange) => presentExchange(voice, exchange, now)),
    separator(t('Actions')),
    ...presentActions(voice, connection),
  ];
}

function separator(label: string): UsagePick {
  return { kind: 'separator', id: `separator/${label}`, label };
}

function line(id: string, label: string): UsagePick {
  return { kind: 'line', id, label };
}

function presentAccount(voice: Voice, snapshot: Snapshot | undefined, account: AccountView, now: number): UsagePick[] {
  const { t } = voice;
  const id = `${account.providerId}/${account.accountKey}`;
  const poll = sayPoll(voice, account.poll, now);
  const queue = snapshot === undefined ? undefined : queueOf(snapshot, account);
  const binding = bindingWindow(account.windows);
  const forecasts = [
    ...account.windows.map((window) => sayOutlook(voice, window, now)),
    binding === undefined ? undefined : sayTurnsLeft(voice, binding, now),
  ].filter((sentence) => sentence !== undefined);
  return [
    separator(namePlan(account)),
    ...(account.windows.length === 0 ? [line(`${id}/none`, t('No window of this plan is known yet.'))] : []),
    ...account.windows.map((window): UsagePick => {
      const parts = [sayUse(voice, window, now), sayAmount(voice, window, now), sayReset(voice, window, now)];
      const bar = drawUse(window, BAR_CELLS, now);
      return {
        ...line(`${id}/${window.id}`, nameWindow(voice, window)),
        description: parts.filter((part) => part !== undefined).join(' · '),
        detail: [bar, saySource(voice, window, now)].filter((part) => part !== '').join('  '),
      };
    }),
    ...forecasts.map((sentence, i) => line(`${id}/forecast/${i}`, `$(telescope) ${sentence}`)),
    ...(queue === undefined ? [] : [line(`${id}/queue`, `$(list-ordered) ${sayQueue(voice, queue)}`)]),
    ...(poll === undefined ? [] : [line(`${id}/poll`, `$(warning) ${poll}`)]),
  ];
}

function presentExchange(voice: Voice, exchange: ExchangeView, now: number): UsagePick {
  const took = formatShortSpan(voice, exchange.durationMs);
  return {
    ...line(`exchange/${exchange.id}`, `$(${iconOf(exchange).id}) ${nameExchange(voice, exchange)}`),
    description: [sayExchange(voice, exchange), took, formatAge(voice, now - exchange.startedAt)].join(' · '),
    ...(exchange.error === undefined ? {} : { detail: plainText(exchange.error.message, 160) }),
  };
}

function presentActions({ t }: Voice, connection: RelayConnection): UsagePick[] {
  const action = (icon: string, label: string, command: CommandId): UsagePick => ({
    ...line(command, `$(${icon}) ${label}`),
    command,
  });
  const failed = (connection.snapshot?.incidents.length ?? 0) > 0;
  return [
    ...(failed ? [action('question', t('Explain the last error'), 'planward.explainLastError')] : []),
    ...(connection.state === 'live' ? [action('list-ordered', t('Slow down…'), 'planward.slowDown')] : []),
    action('plug', t('Connect an agent…'), 'planward.connectAgent'),
    connection.state === 'lost'
      ? action('play', t('Start relay'), 'planward.startRelay')
      : action('refresh', t('Restart relay'), 'planward.restartRelay'),
    action('gear', t('Settings'), 'planward.openSettings'),
    action('output', t('Log'), 'planward.showLog'),
    action('clippy', t('Copy diagnostics'), 'planward.copyDiagnostics'),
  ];
}
