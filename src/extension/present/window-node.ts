import type { QuotaWindow } from '../../core/quota-window.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { speakPercent } from './figures.ts';
import { forecastOf, markPace, pacePoints, sayOutlook, sayPace, sayTurnsLeft } from './forecast-words.ts';
import { escapeMarkdown } from './plain-text.ts';
import { nameWindow, speakWindow, standingOf } from './quota-words.ts';
import type { Standing } from './quota-words.ts';
import {
  sayAgentShares,
  sayAllSources,
  sayCost,
  sayFolderShares,
  sayKindShares,
  sayModelShares,
  saySessionShares,
} from './share-words.ts';
import { formatAge, speakSpan } from './span.ts';
import type { NodeColor, TreeNode } from './tree-node.ts';
import { sayAmount, sayBalance, sayReset, sayResetShort, saySource, sayUse } from './usage-words.ts';
import type { Voice } from './voice.ts';

/** One window of a plan, with all that is known of it in its tooltip. */
export function presentWindow(
  voice: Voice,
  snapshot: Snapshot,
  accountId: string,
  window: QuotaWindow,
  now: number,
  showRemaining = false,
): TreeNode {
  const { t } = voice;
  const name = nameWindow(voice, window);
  const standing = standingOf(window, now);
  const use = sayUse(voice, window, now, showRemaining);
  const amount = sayAmount(voice, window, now, showRemaining);
  const reset = sayReset(voice, window, now);
  const resetShort =
    window.resetsAt === undefined || standing === 'expired' ? undefined : sayResetShort(voice, window.resetsAt, now);
  const age = standing === 'stale' && window.seenAt !== undefined ? formatAge(voice, now - window.seenAt) : undefined;
  const forecast = forecastOf(window, now);
  const more = [
    amount,
    reset,
    forecast === undefined ? undefined : sayPace(voice, forecast),
    sayOutlook(voice, window, now),
    sayTurnsLeft(voice, window, now),
    sayAgentShares(voice, snapshot, window.attribution),
    sayModelShares(voice, window.attribution),
    sayKindShares(voice, window.attribution),
    sayFolderShares(voice, snapshot, window.attribution),
    saySessionShares(voice, snapshot, window.attribution, now),
    sayCost(voice, window.cost),
  ];
  const sources = sayAllSources(voice, window, now);
  return {
    id: `${accountId}/${window.id}`,
    label: name,
    description: [age === undefined ? use : t('{0} ({1})', use, age), markPace(forecast), resetShort]
      .filter((part) => part !== undefined)
      .join(' · '),
    tooltip: [
      `**${escapeMarkdown(name)}** ${escapeMarkdown(sayUse(voice, window, now, showRemaining))}`,
      ...more.flatMap((line) => (line === undefined ? [] : [escapeMarkdown(line, 240)])),
      `${t('Source:')} ${escapeMarkdown(saySource(voice, window, now), 200)}`,
      ...(sources === undefined ? [] : [escapeMarkdown(sources, 240)]),
    ].join('\n\n'),
    icon: iconOf(window, now),
    spoken: speakUse(voice, window, now),
    context: 'window',
  };
}

/** Shape and colour of a window's level; each level has both, so colour alone never tells them apart. */
export function iconOf(window: QuotaWindow, now: number): { id: string; color: NodeColor } {
  const standing = standingOf(window, now);
  if (standing !== 'fresh') return { id: STANDING_ICON[standing], color: 'disabledForeground' };
  switch (window.level) {
    case 'ok':
      return { id: 'pass', color: 'charts.green' };
    case 'watch':
      return { id: 'eye', color: 'charts.yellow' };
    case 'low':
      return { id: 'warning', color: 'list.warningForeground' };
    case 'exhausted':
      return { id: 'flame', color: 'charts.red' };
    case 'unknown':
      return { id: 'question', color: 'disabledForeground' };
    default:
      window.level satisfies never;
      return { id: 'question', color: 'disabledForeground' };
  }
}

const STANDING_ICON: Record<Exclude<Standing, 'fresh'>, string> = {
  stale: 'clock',
  expired: 'refresh',
  unknown: 'question',
};

/** `62 percent of the 5-hour window used, resets in 1 hour 28 minutes` */
export function speakUse(voice: Voice, window: QuotaWindow, now: number): string {
  const { t } = voice;
  const name = speakWindow(voice, window);
  const standing = standingOf(window, now);
  if (standing === 'unknown') return sayBalance(voice, window) ?? t('use of the {0} is not known', name);
  if (standing === 'expired') return t('the {0} has reset and was not read since', name);
  const use = t('{0} of the {1} used', speakPercent(voice, window.usedFraction ?? 0), name);
  const reset =
    window.resetsAt === undefined ? use : t('{0}, resets in {1}', use, speakSpan(voice, window.resetsAt - now));
  if (standing === 'stale' && window.seenAt !== undefined)
    return t('{0}, read {1}', reset, formatAge(voice, now - window.seenAt));
  const forecast = forecastOf(window, now);
  return forecast === undefined || pacePoints(forecast) === 0 ? reset : t('{0}, {1}', reset, sayPace(voice, forecast));
}
