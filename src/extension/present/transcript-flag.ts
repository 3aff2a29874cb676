import type { Flag } from '../../core/flag.ts';
import { findRule, formatDay, nameFlag, sayActed, sayEvidence } from './flag-words.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

const LONG = 600;

/** Commands that a flag's hover may run. */
export const FLAG_COMMANDS = [
  'planward.markAsCoding',
  'planward.dismissFlag',
  'planward.explainRule',
  'planward.copyFlag',
] as const;

/** `task-scope/travel` */
export function codeOfFlag({ ruleId, category }: Flag): string {
  return category === undefined ? ruleId : `${ruleId}/${category}`;
}

export function isTask({ packId, ruleId }: Flag): boolean {
  return findRule(packId, ruleId)?.rule.match.by === 'task';
}

/** What the list of problems says of a flag. */
export function sayFlag(voice: Voice, flag: Flag): string {
  const { t } = voice;
  const found = findRule(flag.packId, flag.ruleId);
  const name = nameFlag(voice, flag);
  const plan = plainText(found?.pack.name ?? flag.packId, 60);
  return [
    isTask(flag)
      ? t('Outside the coding scope of {0}: {1}.', plan, name)
      : t('May lie outside the terms of {0}: {1}.', plan, name),
    sayActed(voice, flag),
    t('A flag is a risk, not a verdict by the provider.'),
  ].join('\n');
}

/** The same with evidence, the vendor's words and what can be done, as Markdown. */
export function presentFlagHover(voice: Voice, flag: Flag): string {
  const { t } = voice;
  const found = findRule(flag.packId, flag.ruleId);
  const link = (label: string, command: (typeof FLAG_COMMANDS)[number], argument: string): string =>
    `[${label}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
  return [
    `**${escapeMarkdown(nameFlag(voice, flag))}** · ${escapeMarkdown(sayActed(voice, flag))}`,
    ...(flag.evidence.length === 0
      ? []
      : [t('Evidence: {0}', escapeMarkdown(sayEvidence(voice, flag.evidence), LONG))]),
    ...(found === undefined
      ? []
      : [
          escapeMarkdown(
            t(
              '{0}’s terms (read {1}): “{2}”',
              found.pack.vendor,
              formatDay(voice, found.rule.source.readOn),
              found.rule.quote,
            ),
            LONG,
          ),
        ]),
    t('A flag is a risk, not a verdict by the provider.'),
    [
      ...(isTask(flag) ? [link(t('Mark as Coding'), 'planward.markAsCoding', flag.id)] : []),
      link(t('Dismiss'), 'planward.dismissFlag', flag.id),
      link(t('What does the rule say'), 'planward.explainRule', flag.id),
      link(t('Copy'), 'planward.copyFlag', flag.id),
    ].join(' &nbsp;&nbsp; '),
  ].join('\n\n');
}
