import type { RelayConnection } from '../../client/watch-relay.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { AccountView, Snapshot } from '../../core/snapshot.ts';
import { bindingWindow } from '../../core/quota-window.ts';
import { chooseAccount } from './choose-account.ts';
import { namePlan } from './meter.ts';
import { escapeMarkdown } from './plain-text.ts';
import { nameWindow } from './quota-words.ts';
import { describeConnection } from './relay-words.ts';
import { formatAge } from './span.ts';
import { drawUse, sayAmount, sayPeak, sayPoll, sayResetShort, saySource, sayUse } from './usage-words.ts';
import type { Voice } from './voice.ts';

/** Commands a hover may run: the whole list of what its Markdown is trusted with. */
export const HOVER_COMMANDS = [
  'planward.showPlanUsage',
  'planward.startRelay',
  'planward.restartRelay',
  'planward.showLog',
  'planward.openSettings',
] as const;

const BAR_CELLS = 16;
const MOST_ACCOUNTS = 4;

/** The meter's hover as Markdown: a table of windows per plan, agents, source and age, then actions. */
export function presentHover(voice: Voice, connection: RelayConnection, port: number, now: number): string {
  const { t } = voice;
  const { snapshot } = connection;
  if (connection.state !== 'live' || snapshot === undefined) {
    const start = connection.state === 'lost' ? [link('play', t('Start relay'), 'planward.startRelay')] : [];
    return [
      `**Planward**`,
      describeConnection(voice, connection, port),
      actions([...start, link('output', t('Log'), 'planward.showLog'), settings(voice)]),
    ].join('\n\n');
  }
  const shown = chooseAccount(snapshot.accounts, now);
  const others = snapshot.accounts.filter((account) => account !== shown);
  const accounts = shown === undefined ? [] : [shown, ...others].slice(0, MOST_ACCOUNTS);
  const parts = accounts.flatMap((account) => presentAccount(voice, account, now));
  if (parts.length === 0)
    parts.push(`**Planward**`, t('The relay is running and waits for the first request of an agent.'));
  const agents = presentAgents(voice, snapshot);
  return [
    ...parts,
    ...(agents === undefined ? [] : [agents]),
    '---',
    actions([
      link('graph', t('Plan usage'), 'planward.showPlanUsage'),
      link('output', t('Log'), 'planward.showLog'),
      settings(voice),
    ]),
  ].join('\n\n');
}

function presentAccount(voice: Voice, account: AccountView, now: number): string[] {
  const peak = sayPeak(voice, account.peak, now);
  const head = [`**${escapeMarkdown(namePlan(account))}**`, ...(peak === undefined ? [] : [escapeMarkdown(peak)])];
  const poll = sayPoll(voice, account.poll, now);
  const binding = bindingWindow(account.windows);
  return [
    head.join(' &nbsp;·&nbsp; '),
    account.windows.length === 0
      ? voice.t('No window of this plan is known yet.')
      : [
          '| | | | | |',
          '|:--|:--|--:|:--|:--|',
          ...account.windows.map((window) => presentRow(voice, window, now)),
        ].join('\n'),
    ...(binding === undefined ? [] : [`${voice.t('Source:')} ${escapeMarkdown(saySource(voice, binding, now))}`]),
    ...(poll === undefined ? [] : [`$(warning) ${escapeMarkdown(poll, 300)}`]),
  ];
}

function presentRow(voice: Voice, window: QuotaWindow, now: number): string {
  const bar = drawUse(window, BAR_CELLS, now);
  const at = window.resetsAt === undefined ? '' : sayResetShort(voice, window.resetsAt, now);
  const cells = [
    keepTogether(nameWindow(voice, window)),
    bar === '' ? '' : `\`${bar}\``,
    `**${keepTogether(sayUse(voice, window, now))}**`,
    apart(sayAmount(voice, window, now) ?? ''),
    apart(at),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A cell that does not break into two lines: a table narrower than its rows is hard to read. */
function keepTogether(text: string): string {
  return escapeMarkdown(text).replaceAll(' ', '\u00a0');
}

/** Cells stand edge to edge in a hover; this one keeps its distance from the one before. */
function apart(text: string): string {
  return text === '' ? '' : `&nbsp;&nbsp;${keepTogether(text)}`;
}

function presentAgents(voice: Voice, snapshot: Snapshot): string | undefined {
  if (snapshot.agents.length === 0) return undefined;
  const { t } = voice;
  const agents = snapshot.agents
    .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt)
    .slice(0, 4)
    .map((agent) => `${escapeMarkdown(agent.agentName, 40)} ${formatAge(voice, snapshot.at - agent.lastSeenAt)}`);
  const flying = snapshot.inFlight > 0 ? ` &nbsp;·&nbsp; ${t('{0} in flight', snapshot.inFlight)}` : '';
  return `${agents.join(' · ')}${flying}`;
}

function link(icon: string, text: string, command: (typeof HOVER_COMMANDS)[number]): string {
  return `[$(${icon}) ${text}](command:${command})`;
}

function settings({ t }: Voice): string {
  return link('gear', t('Settings'), 'planward.openSettings');
}

function actions(links: readonly string[]): string {
  return links.join(' &nbsp;&nbsp; ');
}
