import type { Attribution, Part } from '../../core/attribution.ts';
import type { CostEquivalent } from '../../core/cost.ts';
import type { QuotaWindow } from '../../core/quota-window.ts';
import type { AccountView, Snapshot } from '../../core/snapshot.ts';
import { nameAgent } from './exchange-words.ts';
import { formatAmount, formatPercent } from './figures.ts';
import { formatInstant } from './instant.ts';
import { plainText } from './plain-text.ts';
import { formatAge } from './span.ts';
import { nameSource } from './usage-words.ts';
import type { Voice } from './voice.ts';

const MOST_PARTS = 4;

/** `Claude Code 71% · Cline 20% · elsewhere 9%`; undefined where nothing passed the relay. */
export function sayAgentShares(
  voice: Voice,
  snapshot: Snapshot,
  attribution: Attribution | undefined,
): string | undefined {
  return sayParts(
    voice,
    attribution,
    attribution?.byAgent ?? [],
    (id) => nameAgent(snapshot, id) ?? voice.t('unrecognised'),
  );
}

/** `glm-4.7 80% · glm-4.5-air 20%` */
export function sayModelShares(voice: Voice, attribution: Attribution | undefined): string | undefined {
  return sayParts(voice, attribution, attribution?.byModel ?? [], (id) => nameUnknown(voice, id));
}

/** `main turns 70% · sub-agents 20% · titles and summaries 10%` */
export function sayKindShares(voice: Voice, attribution: Attribution | undefined): string | undefined {
  const { t } = voice;
  const names: Readonly<Record<string, string>> = {
    main: t('main turns'),
    'sub-agent': t('sub-agents'),
    scheduled: t('scheduled jobs'),
    overhead: t('titles and summaries'),
  };
  return sayParts(voice, attribution, attribution?.byKind ?? [], (id) => names[id] ?? nameUnknown(voice, id));
}

/** `Folders: planward 80% · unknown 20%`; undefined where no folder is known. */
export function sayFolderShares(
  voice: Voice,
  { workspaces = [] }: Snapshot,
  attribution: Attribution | undefined,
): string | undefined {
  const names = new Map(workspaces.map(({ workspaceKey, name }) => [workspaceKey, name]));
  const shares = sayKnownParts(voice, attribution, attribution?.byWorkspace ?? [], (id) => {
    const name = names.get(id);
    // Its name is not kept: until the next request in it only the key tells folders apart.
    return name === undefined ? voice.t('folder {0}', id.slice(0, 4)) : plainText(name, 32);
  });
  return shares === undefined ? undefined : voice.t('Folders: {0}', shares);
}

/** `Sessions: Claude Code since 14:05 62% · unknown 38%`; undefined where no session is known. */
export function saySessionShares(
  voice: Voice,
  snapshot: Snapshot,
  attribution: Attribution | undefined,
  now: number,
): string | undefined {
  const sessions = new Map((snapshot.sessions ?? []).map((session) => [session.sessionKey, session]));
  const shares = sayKnownParts(voice, attribution, attribution?.bySession ?? [], (id) => {
    const session = sessions.get(id);
    if (session === undefined) return voice.t('session {0}', id.slice(0, 4));
    const agent = nameAgent(snapshot, session.agentId) ?? voice.t('unrecognised');
    return voice.t('{0} since {1}', agent, formatInstant(voice, session.firstAt, now));
  });
  return shares === undefined ? undefined : voice.t('Sessions: {0}', shares);
}

/** Parts of which at least one is known. */
function sayKnownParts(
  voice: Voice,
  attribution: Attribution | undefined,
  parts: readonly Part[],
  name: (id: string) => string,
): string | undefined {
  if (parts.every(({ id }) => id === 'unknown')) return undefined;
  const plain = (id: string): string => (id === 'unknown' || id === 'other' ? nameUnknown(voice, id) : name(id));
  return sayParts(voice, attribution, parts, plain);
}

function nameUnknown({ t }: Voice, id: string): string {
  if (id === 'unknown') return t('unknown');
  return id === 'other' ? t('others') : plainText(id, 32);
}

function sayParts(
  voice: Voice,
  attribution: Attribution | undefined,
  parts: readonly Part[],
  name: (id: string) => string,
): string | undefined {
  if (attribution === undefined || parts.length === 0) return undefined;
  const { t } = voice;
  const said = parts.slice(0, MOST_PARTS).map(({ id, fraction }) => `${name(id)} ${formatPercent(fraction)}`);
  const rest = parts.slice(MOST_PARTS).reduce((sum, { fraction }) => sum + fraction, 0);
  if (rest >= 0.005) said.push(`${t('others')} ${formatPercent(rest)}`);
  const { elsewhere = 0 } = attribution;
  if (elsewhere >= 0.005) said.push(`${t('not through the relay')} ${formatPercent(elsewhere)}`);
  const line = said.join(' · ');
  return attribution.of === 'seen' ? t('{0} (of what passed the relay)', line) : line;
}

/** What each source said last, where more than one speaks: `usage API 62%, 2 min ago · response header 61%, just now`. */
export function sayAllSources(voice: Voice, { sources = [] }: QuotaWindow, now: number): string | undefined {
  if (sources.length < 2) return undefined;
  const apart = pointsApart(sources);
  const all = sources
    .map(({ source, usedFraction, seenAt }) => {
      const said = usedFraction === undefined ? voice.t('unknown') : formatPercent(usedFraction);
      return `${nameSource(voice, source)} ${said}, ${formatAge(voice, now - seenAt)}`;
    })
    .join(' · ');
  return apart < MANY_POINTS ? all : `${all} · ${voice.t('they differ by {0} points', apart)}`;
}

/** From here on two sources of about the same time are said to differ. */
const MANY_POINTS = 5;
const SAME_TIME_MS = 15 * 60_000;

/** How far the figures of sources lie apart that were read at about the same time, in points of a hundred. */
function pointsApart(sources: NonNullable<QuotaWindow['sources']>): number {
  const newest = Math.max(...sources.map(({ seenAt }) => seenAt));
  const said = sources.flatMap(({ usedFraction, seenAt }) =>
    usedFraction === undefined || seenAt < newest - SAME_TIME_MS ? [] : [usedFraction],
  );
  return said.length < 2 ? 0 : Math.round((Math.max(...said) - Math.min(...said)) * 100);
}

/** `At API prices: $1.20`; undefined where no price is known. */
export function sayCost(voice: Voice, cost: CostEquivalent | undefined): string | undefined {
  const money = moneyOf(voice, cost);
  return money === undefined ? undefined : voice.t('At API prices: {0}', money);
}

/** `This month at API prices: at least $41.00` */
export function sayMonth(voice: Voice, { month }: AccountView): string | undefined {
  const money = moneyOf(voice, month?.cost);
  return money === undefined ? undefined : voice.t('This month at API prices: {0}', money);
}

function moneyOf(voice: Voice, cost: CostEquivalent | undefined): string | undefined {
  if (cost?.usdMicros === undefined) return undefined;
  const money = formatAmount(voice, { unit: 'usd-micros', used: cost.usdMicros, limit: undefined }) ?? '';
  return cost.complete ? money : voice.t('at least {0}', money);
}

/** `glm-4.7 was served by glm-4.5 12 times`, most frequent first, three at most. */
export function sayReroutings(voice: Voice, { rerouted = [] }: AccountView): string[] {
  return rerouted
    .slice(0, 3)
    .map(({ requested, served, count }) =>
      voice.t('{0} was served by {1}: {2} times in 24 hours', plainText(requested, 40), plainText(served, 40), count),
    );
}
