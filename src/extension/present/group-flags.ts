import type { Flag } from '../../core/flag.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { nameAgent } from './exchange-words.ts';
import { findRule, formatDay, ruleWords } from './flag-words.ts';
import { plainText } from './plain-text.ts';
import type { TreeNode } from './tree-node.ts';
import type { Voice } from './voice.ts';

/** What stands together in the *Violations* view. */
export const GROUPINGS = ['rule', 'agent', 'day'] as const;
export type FlagGrouping = (typeof GROUPINGS)[number];

export interface FlagGroup {
  readonly key: string;
  readonly label: string;
  /** After the count; absent where the label says all. */
  readonly detail?: string;
  readonly icon: TreeNode['icon'];
  /** Newest first. */
  readonly flags: readonly Flag[];
}

/** Flags in groups, the group with the newest flag first. */
export function groupFlags(voice: Voice, snapshot: Snapshot, by: FlagGrouping): readonly FlagGroup[] {
  const groups = Map.groupBy(snapshot.flags, (flag) => keyOf(voice, flag, by));
  return [...groups].map(([key, flags]) => ({ key, flags, ...describe(voice, snapshot, flags[0]!, by) }));
}

function keyOf(voice: Voice, { packId, ruleId, agentId, at }: Flag, by: FlagGrouping): string {
  switch (by) {
    case 'rule':
      return `${packId}/${ruleId}`;
    case 'agent':
      return agentId;
    case 'day':
      return dayOf(voice, at);
    default:
      by satisfies never;
      return '';
  }
}

function describe(
  voice: Voice,
  snapshot: Snapshot,
  first: Flag,
  by: FlagGrouping,
): Pick<FlagGroup, 'label' | 'detail' | 'icon'> {
  const { t } = voice;
  switch (by) {
    case 'rule': {
      const found = findRule(first.packId, first.ruleId, snapshot.userPacks);
      const vendor = plainText(found?.pack.vendor ?? first.packId, 40);
      const readOn = formatDay(voice, found?.rule.source.readOn ?? first.packVersion);
      return {
        label: plainText(found === undefined ? first.ruleId : ruleWords(voice, found.rule).title, 60),
        detail: t('{0} terms {1}', vendor, readOn),
        icon: { id: 'law' },
      };
    }
    case 'agent':
      return { label: nameAgent(snapshot, first.agentId) ?? t('Unrecognised agent'), icon: { id: 'robot' } };
    case 'day':
      return { label: sayDay(voice, first.at), icon: { id: 'calendar' } };
    default:
      by satisfies never;
      return { label: '', icon: { id: 'law' } };
  }
}

/** `2026-09-07` in the user's zone. */
function dayOf({ timeZone }: Voice, at: number): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat('sv-SE', { ...zone, dateStyle: 'short' }).format(at);
}

function sayDay({ locale, timeZone }: Voice, at: number): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    ...zone,
    weekday: 'long',
    day: 'numeric',
    month: 'short',
  }).format(at);
}
