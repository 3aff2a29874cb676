import type { Flag } from '../../core/flag.ts';
import type { PolicyPack } from '../../core/policy-pack.ts';
import { findRule, formatDay, isTaskFlag, nameFlag, sayActed, sayEvidence } from './flag-words.ts';
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

/** `task-scope/travel`; `best-effort-tools` where it is not about what was asked for. */
export function codeOfFlag(flag: Flag, userPacks?: readonly PolicyPack[]): string {
  const { ruleId, category } = flag;
  return category === undefined || !isTaskFlag(flag, userPacks) ? ruleId : `${ruleId}/${category}`;
}

/** What can be done about a flag, likeliest first; each command takes the flag's id. */
export function presentFlagActions(
  { t }: Voice,
  flag: Flag,
  userPacks?: readonly PolicyPack[],
): readonly { readonly title: string; readonly icon: string; readonly command: (typeof FLAG_COMMANDS)[number] }[] {
  return [
    ...(isTaskFlag(flag, userPacks)
      ? [{ title: t('Mark as Coding'), icon: 'pass', command: 'planward.markAsCoding' } as const]
      : []),
    { title: t('Dismiss this flag'), icon: 'close', command: 'planward.dismissFlag' },
    { title: t('What does the rule say'), icon: 'law', command: 'planward.explainRule' },
    { title: t('Copy this flag'), icon: 'copy', command: 'planward.copyFlag' },
  ];
}

/** What the list of problems says of a flag. */
export function sayFlag(voice: Voice, flag: Flag, userPacks?: readonly PolicyPack[]): string {
  const { t } = voice;
  const found = findRule(flag.packId, flag.ruleId, userPacks);
  const name = [nameFlag(voice, flag, userPacks), sayActed(voice, flag)].join(t(', '));
  const plan = plainText(found?.pack.name ?? flag.packId, 60);
  return [
    isTaskFlag(flag, userPacks)
      ? t('Outside the coding scope of {0}: {1}.', plan, name)
      : t('May lie outside the terms of {0}: {1}.', plan, name),
    t('A flag is a risk, not a verdict by the provider.'),
  ].join('\n');
}

/** The same with evidence, the vendor's words and what can be done, as Markdown. */
export function presentFlagHover(voice: Voice, flag: Flag, userPacks?: readonly PolicyPack[]): string {
  const { t } = voice;
  const found = findRule(flag.packId, flag.ruleId, userPacks);
  const link = (label: string, command: (typeof FLAG_COMMANDS)[number], argument: string): string =>
    `[${label}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
  return [
    `**${escapeMarkdown(nameFlag(voice, flag, userPacks))}** · ${escapeMarkdown(sayActed(voice, flag))}`,
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
      ...(isTaskFlag(flag, userPacks) ? [link(t('Mark as Coding'), 'planward.markAsCoding', flag.id)] : []),
      link(t('Dismiss'), 'planward.dismissFlag', flag.id),
      link(t('What does the rule say'), 'planward.explainRule', flag.id),
      link(t('Copy'), 'planward.copyFlag', flag.id),
    ].join(' &nbsp;&nbsp; '),
  ].join('\n\n');
}
