import type { RelayConnection } from '../../client/watch-relay.ts';
import { iconOf, nameExchange, sayExchange } from './exchange-words.ts';
import { namePlan } from './meter.ts';
import { plainText } from './plain-text.ts';
import { nameWindow } from './quota-words.ts';
import { describeConnection } from './relay-words.ts';
import { formatAge, formatShortSpan } from './span.ts';
import { drawUse, sayAmount, sayReset, saySource, sayUse } from './usage-words.ts';
import type { Voice } from './voice.ts';

/** One line of the dashboard for the keyboard. A line without `command` only informs. */
export interface UsagePick {
  readonly kind: 'separator' | 'line';
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly command?: string;
}

/** What *Show Plan Usage* lists: a section per plan, the latest requests, then what can be done. */
export function presentUsagePicks(voice: Voice, connection: RelayConnection, port: number, now: number): UsagePick[] {
  const { t } = voice;
  const { snapshot } = connection;
  const picks: UsagePick[] = [];
  if (connection.state !== 'live') {
    picks.push({ kind: 'line', label: `$(info) ${describeConnection(voice, connection, port)}` });
  }
  for (const account of snapshot?.accounts ?? []) {
    picks.push({ kind: 'separator', label: namePlan(account) });
    if (account.windows.length === 0) picks.push({ kind: 'line', label: t('No window of this plan is known yet.') });
    for (const window of account.windows) {
      const parts = [sayUse(voice, window, now), sayAmount(voice, window, now), sayReset(voice, window, now)];
      const bar = drawUse(window, 20, now);
      picks.push({
        kind: 'line',
        label: nameWindow(voice, window),
        description: parts.filter((part) => part !== undefined).join(' · '),
        detail: [bar, saySource(voice, window, now)].filter((part) => part !== '').join('  '),
      });
    }
  }
  if (connection.state === 'live' && snapshot?.accounts.length === 0) {
    picks.push({ kind: 'line', label: t('No agent has sent a request through the relay yet.') });
  }
  const recent = snapshot?.recent.slice(0, 5) ?? [];
  if (recent.length > 0) picks.push({ kind: 'separator', label: t('Latest requests') });
  for (const exchange of recent) {
    const parts = [
      sayExchange(voice, exchange),
      formatShortSpan(voice, exchange.durationMs),
      formatAge(voice, now - exchange.startedAt),
    ];
    picks.push({
      kind: 'line',
      label: `$(${iconOf(exchange).id}) ${nameExchange(voice, exchange)}`,
      description: parts.join(' · '),
      ...(exchange.error === undefined ? {} : { detail: plainText(exchange.error.message, 160) }),
    });
  }
  picks.push({ kind: 'separator', label: t('Actions') }, ...presentActions(voice, connection));
  return picks;
}

function presentActions({ t }: Voice, connection: RelayConnection): UsagePick[] {
  const action = (icon: string, label: string, command: string): UsagePick => ({
    kind: 'line',
    label: `$(${icon}) ${label}`,
    command,
  });
  return [
    connection.state === 'lost'
      ? action('play', t('Start relay'), 'planward.startRelay')
      : action('refresh', t('Restart relay'), 'planward.restartRelay'),
    action('gear', t('Settings'), 'planward.openSettings'),
    action('output', t('Log'), 'planward.showLog'),
    action('clippy', t('Copy diagnostics'), 'planward.copyDiagnostics'),
  ];
}
