import type { RelayConnection } from '../../client/watch-relay.ts';
import { bindingWindow } from '../../core/quota-window.ts';
import type { AccountView, ExchangeView, Snapshot } from '../../core/snapshot.ts';
import type { CommandId } from '../registry/commands.ts';
import { iconOf, nameExchange, sayExchange } from './exchange-words.ts';
import { sayOutlook, sayTurnsLeft } from './forecast-words.ts';
import { namePlan } from './name-plan.ts';
import { guardOf, sayGuard } from './guard-words.ts';
import { formatInstant } from './instant.ts';
import { queueOf, sayQueue, stopOf } from './pacer-words.ts';
import { plainText } from './plain-text.ts';
import { nameWindow } from './quota-words.ts';
import { describeConnection } from './relay-words.ts';
import { sayAgentShares } from './share-words.ts';
import type { UseTaste } from './shown-use.ts';
import { formatAge, formatShortSpan } from './span.ts';
import { drawUse, sayAmount, sayPeak, sayPoll, sayReset, saySource, sayUse } from './usage-words.ts';
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
  /** The list stays open after the command: it changes what the list shows. */
  readonly stays?: true;
}

const MOST_RECENT = 5;
const MOST_AGENTS = 5;
const BAR_CELLS = 12;

/**
 * What *Show Plan Usage* lists: a section per plan, the agents, the latest requests, then what can be done. Enter on a window
 * turns used into left and back. `snoozedUntilAt`: until when alerts are off; undefined where they are on.
 */
export function presentUsagePicks(
  voice: Voice,
  connection: RelayConnection,
  port: number,
  now: number,
  taste: UseTaste = { showRemaining: false },
  snoozedUntilAt?: number,
): UsagePick[] {
  const { t } = voice;
  const { snapshot } = connection;
  const live = connection.state === 'live';
  const accounts = snapshot?.accounts ?? [];
  const recent = snapshot?.recent.slice(0, MOST_RECENT) ?? [];
  return [
    ...(live ? [] : [line('state', `$(info) ${describeConnection(voice, connection, port)}`)]),
    ...accounts.flatMap((account) => presentAccount(voice, snapshot, account, now, taste)),
    ...(live && accounts.length === 0 ? [line('empty', t('No agent has sent a request through the relay yet.'))] : []),
    ...(live ? presentAgents(voice, snapshot, now) : []),
    ...(recent.length === 0 ? [] : [separator(t('Latest requests'))]),
    ...recent.map((exchange) => presentExchange(voice, exchange, now)),
    separator(t('Actions')),
    ...presentActions(voice, connection, taste, now, snoozedUntilAt),
  ];
}

function separator(label: string): UsagePick {
  return { kind: 'separator', id: `separator/${label}`, label };
}

function line(id: string, label: string): UsagePick {
  return { kind: 'line', id, label };
}

/** Who is at work, who waits: what the hover's last lines say. */
function presentAgents(voice: Voice, snapshot: Snapshot | undefined, now: number): UsagePick[] {
  const { t } = voice;
  const agents = (snapshot?.agents ?? []).toSorted((a, b) => b.lastSeenAt - a.lastSeenAt).slice(0, MOST_AGENTS);
  if (agents.length === 0) return [];
  return [
    separator(t('Agents')),
    ...agents.map((agent): UsagePick => {
      const parts = [
        ...(agent.paused ? [t('paused')] : []),
        ...(agent.held > 0 ? [t('{0} waiting', agent.held)] : []),
        ...(agent.inFlight > 0 ? [t('{0} in flight', agent.inFlight)] : []),
        formatAge(voice, now - agent.lastSeenAt),
      ];
      const icon = agent.paused ? 'debug-pause' : 'robot';
      return {
        ...line(`agent/${agent.providerId}/${agent.agentId}`, `$(${icon}) ${plainText(agent.agentName, 40)}`),
        description: parts.join(' · '),
      };
    }),
  ];
}

function presentAccount(
  voice: Voice,
  snapshot: Snapshot | undefined,
  account: AccountView,
  now: number,
  { showRemaining }: UseTaste,
): UsagePick[] {
  const { t } = voice;
  const id = `${account.providerId}/${account.accountKey}`;
  const poll = sayPoll(voice, account.poll, now);
  const queue = snapshot === undefined ? undefined : queueOf(snapshot, account);
  const binding = bindingWindow(account.windows);
  const peak = sayPeak(voice, account.peak, now);
  const stop = snapshot === undefined ? undefined : stopOf(snapshot, account);
  const guard = snapshot === undefined ? undefined : guardOf(snapshot, account);
  const shares = snapshot === undefined ? undefined : sayAgentShares(voice, snapshot, binding?.attribution);
  const forecasts = [
    ...account.windows.map((window) => sayOutlook(voice, window, now)),
    binding === undefined ? undefined : sayTurnsLeft(voice, binding, now),
  ].filter((sentence) => sentence !== undefined);
  return [
    separator(namePlan(account)),
    ...(account.windows.length === 0 ? [line(`${id}/none`, t('No window of this plan is known yet.'))] : []),
    ...account.windows.map((window): UsagePick => {
      const parts = [
        sayUse(voice, window, now, showRemaining),
        sayAmount(voice, window, now, showRemaining),
        sayReset(voice, window, now),
      ];
      const bar = drawUse(window, BAR_CELLS, now, showRemaining);
      return {
        ...line(`${id}/${window.id}`, nameWindow(voice, window)),
        description: parts.filter((part) => part !== undefined).join(' · '),
        detail: [bar, saySource(voice, window, now)].filter((part) => part !== '').join('  '),
        ...(bar === '' ? {} : { command: 'planward.flipUsage' as const, stays: true as const }),
      };
    }),
    ...forecasts.map((sentence, i) => line(`${id}/forecast/${i}`, `$(telescope) ${sentence}`)),
    ...(stop === undefined
      ? []
      : [
          line(
            `${id}/stop`,
            `$(error) ${t('All traffic of this key is stopped after error {0}.', plainText(stop.code, 24))}`,
          ),
        ]),
    ...(guard === undefined ? [] : [line(`${id}/guard`, `$(watch) ${sayGuard(voice, account, guard, now)}`)]),
    ...(peak === undefined ? [] : [line(`${id}/peak`, `$(clock) ${peak}`)]),
    ...(shares === undefined ? [] : [line(`${id}/shares`, `$(pie-chart) ${shares}`)]),
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

function presentActions(
  voice: Voice,
  connection: RelayConnection,
  { showRemaining }: UseTaste,
  now: number,
  snoozedUntilAt: number | undefined,
): UsagePick[] {
  const { t } = voice;
  const { snapshot, state } = connection;
  const action = (icon: string, label: string, command: CommandId): UsagePick => ({
    ...line(command, `$(${icon}) ${label}`),
    command,
  });
  const live = state === 'live';
  const flags = live ? (snapshot?.flags.length ?? 0) : 0;
  const failed = (snapshot?.incidents.length ?? 0) > 0;
  const paused = live && snapshot?.agents.some((agent) => agent.paused) === true;
  const snoozed = snoozedUntilAt === undefined ? undefined : formatInstant(voice, snoozedUntilAt, now);
  return [
    ...(failed ? [action('question', t('Explain the last error'), 'planward.explainLastError')] : []),
    ...(flags > 0 ? [action('shield', t('Show violations ({0})', flags), 'planward.showViolations')] : []),
    ...(live && (snapshot?.stopped.length ?? 0) > 0
      ? [action('unlock', t('Lift a stopped key…'), 'planward.liftStop')]
      : []),
    ...(live && snapshot?.guarded?.some(({ lifted }) => !lifted) === true
      ? [action('unlock', t('Lift the guard'), 'planward.liftGuard')]
      : []),
    ...(live ? [action('list-ordered', t('Slow down…'), 'planward.slowDown')] : []),
    ...(live && (snapshot?.agents.length ?? 0) > 0
      ? [action('debug-pause', t('Pause an agent…'), 'planward.pauseAgent')]
      : []),
    ...(paused ? [action('debug-continue', t('Resume an agent…'), 'planward.resumeAgent')] : []),
    action('dashboard', t('Open dashboard'), 'planward.openDashboard'),
    action('plug', t('Connect an agent…'), 'planward.connectAgent'),
    {
      ...action('arrow-swap', showRemaining ? t('Show what is used') : t('Show what is left'), 'planward.flipUsage'),
      stays: true,
    },
    action('pinned', t('Pin windows in the meter…'), 'planward.pinWindows'),
    {
      ...action('bell-slash', t('Snooze alerts…'), 'planward.snoozeAlerts'),
      ...(snoozed === undefined ? {} : { description: t('off until {0}', snoozed) }),
    },
    state === 'lost'
      ? action('play', t('Start relay'), 'planward.startRelay')
      : action('refresh', t('Restart relay'), 'planward.restartRelay'),
    action('gear', t('Settings'), 'planward.openSettings'),
    action('output', t('Log'), 'planward.showLog'),
    action('clippy', t('Copy diagnostics'), 'planward.copyDiagnostics'),
  ];
}
