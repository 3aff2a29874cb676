import type { RelayConnection } from '../../client/watch-relay.ts';
import type { AccountView, Snapshot } from '../../core/snapshot.ts';
import { chooseAccount } from './choose-account.ts';
import { presentHoverAccount } from './hover-account.ts';
import { joinLinks, link, presentHoverActions } from './hover-actions.ts';
import { presentModeLines } from './mode-hover.ts';
import { sayHeld } from './pacer-words.ts';
import { escapeMarkdown } from './plain-text.ts';
import { describeConnection } from './relay-words.ts';
import type { UseTaste } from './shown-use.ts';
import { formatAge } from './span.ts';
import type { Voice } from './voice.ts';

const MOST_ACCOUNTS = 4;

/**
 * The meter's hover as Markdown: a table of windows per plan, forecast, agents, source and age, then actions. `only`: the
 * account of an entry that shows one provider; its provider's accounts are all that is told then.
 */
export function presentHover(
  voice: Voice,
  connection: RelayConnection,
  port: number,
  now: number,
  taste: UseTaste = { showRemaining: false },
  only?: AccountView,
): string {
  const { t } = voice;
  const { snapshot } = connection;
  if (connection.state !== 'live' || snapshot === undefined) {
    const start = connection.state === 'lost' ? [link('play', t('Start relay'), 'planward.startRelay')] : [];
    const restore =
      connection.state === 'lost'
        ? [link('debug-disconnect', t('Restore direct connections'), 'planward.restoreDirect')]
        : [];
    const others = [link('output', t('Log'), 'planward.showLog'), link('gear', t('Settings'), 'planward.openSettings')];
    return [
      `**Planward**`,
      describeConnection(voice, connection, port),
      joinLinks([...start, ...restore, ...others]),
    ].join('\n\n');
  }
  const shown = only ?? chooseAccount(snapshot.accounts, now);
  const others = snapshot.accounts.filter(
    (account) => account !== shown && (only === undefined || account.providerId === only.providerId),
  );
  const accounts = shown === undefined ? [] : [shown, ...others].slice(0, MOST_ACCOUNTS);
  const parts = accounts.flatMap((account) => presentHoverAccount(voice, snapshot, account, now, taste));
  if (parts.length === 0)
    parts.push(`**Planward**`, t('The relay is running and waits for the first request of an agent.'));
  const agents = presentAgents(voice, snapshot);
  const held = sayHeld(voice, snapshot);
  return [
    ...parts,
    ...(agents === undefined ? [] : [agents]),
    ...(held === undefined ? [] : [`$(debug-pause) ${escapeMarkdown(held)}`]),
    ...presentModeLines(voice, snapshot, now),
    '---',
    ...presentHoverActions(voice, snapshot, shown, now),
  ].join('\n\n');
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
