import type { HoldAnswer, HoldView } from '../../core/scope-mode.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { nameAgent, nameProvider } from './exchange-words.ts';
import { formatPercent } from './figures.ts';
import { findRule, formatDay, nameCategory } from './flag-words.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** `travel planning 97%` */
export function nameHeld(voice: Voice, { category, pOffScope }: HoldView): string {
  return `${nameCategory(voice, category) ?? voice.t('not coding')} ${formatPercent(pOffScope)}`;
}

/** Who waits for what, with the rule and the age of its wording. */
export function sayHold(voice: Voice, snapshot: Snapshot | undefined, hold: HoldView): string {
  const { t } = voice;
  const agent = snapshot === undefined ? undefined : nameAgent(snapshot, hold.agentId);
  const found = findRule(hold.packId, hold.ruleId);
  return t(
    '{0} waits for your word: its request to {1} reads as {2}. Rule {3}, read {4}.',
    agent ?? t('An agent'),
    nameProvider(snapshot, hold.providerId),
    nameHeld(voice, hold),
    plainText(found?.rule.title ?? hold.ruleId, 60),
    formatDay(voice, found?.rule.source.readOn ?? hold.packVersion),
  );
}

/** Whole seconds until the default applies, never below 0. */
export function secondsLeft({ untilAt }: HoldView, now: number): number {
  return Math.max(0, Math.ceil((untilAt - now) / 1000));
}

/** `sent in 38 s if you say nothing` */
export function sayCountdown({ t }: Voice, hold: HoldView, now: number): string {
  const seconds = secondsLeft(hold, now);
  return hold.byDefault === 'send'
    ? t('sent in {0} s if you say nothing', seconds)
    : t('stopped in {0} s if you say nothing', seconds);
}

/** The three words that end a hold, the default first. */
export function presentAnswers(
  { t }: Voice,
  hold: HoldView,
): readonly { readonly label: string; readonly detail: string; readonly answer: HoldAnswer }[] {
  const answers = [
    {
      label: t('Send Once'),
      detail: t('This request goes out as it came. The flag stays in the list.'),
      answer: 'send' as const,
    },
    {
      label: t('Stop'),
      detail: t('The agent is told in its chat that you stopped it. Nothing is sent.'),
      answer: 'stop' as const,
    },
  ];
  const coding = {
    label: t('This Is Coding'),
    detail: t('It goes out, and prompts like it are not held or flagged any more.'),
    answer: 'coding' as const,
  };
  return [...(hold.byDefault === 'send' ? answers : answers.toReversed()), coding];
}
