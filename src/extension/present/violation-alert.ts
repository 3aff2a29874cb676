import type { Flag } from '../../core/flag.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { nameAgent, nameProvider } from './exchange-words.ts';
import { findRule, formatDay, nameFlag, ruleWords } from './flag-words.ts';
import { plainText } from './plain-text.ts';
import type { CommandId } from '../registry/commands.ts';
import type { Voice } from './voice.ts';

const HOUR_MS = 3_600_000;
/** A flag older than this when a window first sees it is history: the view lists it, nobody is told. */
const RECENT_MS = 5 * 60_000;

/** Under this name a flag is told once: same rule, agent and hour. */
export function alertKey({ providerId, ruleId, agentId }: Flag, now: number): string {
  return `flag.${providerId}.${ruleId}.${agentId}.${Math.floor(now / HOUR_MS)}`;
}

/** Whether a flag is worth a notification: recent, more than a remark, and not of a turn the user has just decided on. */
export function isFlagDue({ at, severity, heldBy }: Flag, now: number): boolean {
  return now - at <= RECENT_MS && severity !== 'info' && heldBy !== 'user';
}

export interface ViolationAlert {
  readonly text: string;
  readonly buttons: readonly {
    readonly title: string;
    readonly command: CommandId | undefined;
    readonly argument: string | undefined;
  }[];
}

/** One sentence on what an agent asked for and what became of it, and the ways on. */
export function presentViolationAlert(voice: Voice, snapshot: Snapshot, flag: Flag): ViolationAlert {
  const { t } = voice;
  const agent = nameAgent(snapshot, flag.agentId) ?? t('An agent');
  const provider = nameProvider(snapshot, flag.providerId);
  const found = findRule(flag.packId, flag.ruleId, snapshot.userPacks);
  const rule = plainText(found === undefined ? flag.ruleId : ruleWords(voice, found.rule).title, 60);
  const readOn = formatDay(voice, found?.rule.source.readOn ?? flag.packVersion);
  const about = nameFlag(voice, flag, snapshot.userPacks);
  const text =
    flag.acted === 'blocked' || flag.acted === 'stopped'
      ? t(
          'Planward stopped a request of {0} to {1}: {2}. Rule {3}, terms read {4}.',
          agent,
          provider,
          about,
          rule,
          readOn,
        )
      : t(
          '{0} asked {1} for something its terms may not cover: {2}. Rule {3}, read {4}.',
          agent,
          provider,
          about,
          rule,
          readOn,
        );
  const isTask = found?.rule.match.by === 'task';
  return {
    text,
    buttons: [
      { title: t('Show'), command: 'planward.showViolations', argument: undefined },
      ...(isTask ? [{ title: t('Mark as Coding'), command: 'planward.markAsCoding' as const, argument: flag.id }] : []),
      { title: t('Not now'), command: undefined, argument: undefined },
    ],
  };
}
