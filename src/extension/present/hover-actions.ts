import type { AccountView, Snapshot } from '../../core/snapshot.ts';
import { guardOf } from './guard-words.ts';
import { isPaced } from './pacer-words.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import { formatAgeTight } from './span.ts';
import type { Voice } from './voice.ts';

/** Commands a hover may run: the whole list of what its Markdown is trusted with. */
export const HOVER_COMMANDS = [
  'planward.showPlanUsage',
  'planward.openDashboard',
  'planward.flipUsage',
  'planward.snoozeAlerts',
  'planward.startRelay',
  'planward.restartRelay',
  'planward.showLog',
  'planward.openSettings',
  'planward.slowDown',
  'planward.pauseAgent',
  'planward.resumeAgent',
  'planward.explainLastError',
  'planward.restoreDirect',
  'planward.liftStop',
  'planward.answerHold',
  'planward.setMode',
  'planward.liftGuard',
  'planward.setGuard',
  'planward.stopSlowingDown',
] as const;

type HoverCommand = (typeof HOVER_COMMANDS)[number];

/** Ids are ours or path prefixes of this form; anything else gets no link. */
const PLAIN_ID = /^[\w.-]{1,64}$/;

/** The links at the hover's end: first what answers the present trouble, then the places to go on. */
export function presentHoverActions(
  voice: Voice,
  snapshot: Snapshot,
  account: AccountView | undefined,
  now: number,
): string[] {
  const { t } = voice;
  const places = [
    link('dashboard', t('Dashboard'), 'planward.openDashboard'),
    link('graph', t('Plan usage'), 'planward.showPlanUsage'),
    link('output', t('Log'), 'planward.showLog'),
    link('gear', t('Settings'), 'planward.openSettings'),
  ];
  const remedies = [
    ...presentError(voice, snapshot, now),
    ...presentLimits(voice, snapshot, account),
    ...presentPause(voice, snapshot),
  ];
  return [...(remedies.length === 0 ? [] : [joinLinks(remedies)]), joinLinks(places)];
}

function presentError(voice: Voice, snapshot: Snapshot, now: number): string[] {
  const { t } = voice;
  const [last] = snapshot.incidents;
  if (last === undefined) return [];
  const text = t(
    'Last error: {0}, {1}',
    plainText(last.explanation.code, 24),
    formatAgeTight(voice, now - last.lastAt),
  );
  const links = [link('question', text, 'planward.explainLastError')];
  const offers = last.explanation.remedies.some(({ action }) => action === 'slow-down');
  if (offers && !isPaced(snapshot, last.providerId) && PLAIN_ID.test(last.providerId))
    links.push(link('list-ordered', t('Slow down'), 'planward.slowDown', last.providerId));
  return links;
}

/** What holds requests back on the user's own word, and the way out of it. */
function presentLimits({ t }: Voice, snapshot: Snapshot, account: AccountView | undefined): string[] {
  if (account === undefined || !PLAIN_ID.test(account.providerId)) return [];
  const guard = guardOf(snapshot, account);
  const { providerId, accountKey } = account;
  const stop = snapshot.stopped.find((each) => each.providerId === providerId && each.accountKey === accountKey);
  return [
    ...(stop === undefined
      ? []
      : [link('unlock', t('Lift a stopped key…'), 'planward.liftStop', `${providerId}/${accountKey}`)]),
    ...(guard === undefined || guard.lifted ? [] : [link('unlock', t('Lift the guard'), 'planward.liftGuard')]),
    ...(isPaced(snapshot, providerId)
      ? [link('play-circle', t('Stop slowing down'), 'planward.stopSlowingDown', providerId)]
      : []),
  ];
}

/** The busiest agent of the moment can be paused from here, paused ones resumed. */
function presentPause({ t }: Voice, snapshot: Snapshot): string[] {
  const known = snapshot.agents.filter(({ agentId }) => agentId !== 'unknown' && PLAIN_ID.test(agentId));
  const paused = known.filter((agent) => agent.paused);
  const resume = paused.map(({ agentId, agentName }) =>
    link('debug-continue', t('Resume {0}', plainText(agentName, 32)), 'planward.resumeAgent', agentId),
  );
  const busiest = known.filter((agent) => !agent.paused).toSorted((a, b) => b.lastSeenAt - a.lastSeenAt)[0];
  if (busiest === undefined) return resume;
  const { agentId, agentName } = busiest;
  return [...resume, link('debug-pause', t('Pause {0}', plainText(agentName, 32)), 'planward.pauseAgent', agentId)];
}

export function link(icon: string, text: string, command: HoverCommand, argument?: string): string {
  const query = argument === undefined ? '' : `?${encodeURIComponent(JSON.stringify([argument]))}`;
  return `[$(${icon}) ${escapeMarkdown(text)}](command:${command}${query})`;
}

export function joinLinks(links: readonly string[]): string {
  return links.join(' &nbsp;&nbsp; ');
}
