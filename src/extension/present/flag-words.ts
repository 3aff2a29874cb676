import type { Flag } from '../../core/flag.ts';
import type { PolicyPack, Rule, RuleWords } from '../../core/policy-pack.ts';
import { languageOf } from '../../core/text.ts';
import type { Category } from '../../core/verdict.ts';
import { packs } from '../../policies/list.ts';
import { sayBecause, sayWayEvidence } from './because-words.ts';
import { formatPercent } from './figures.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** A rule and the terms it stands in. */
export interface RuleInPack {
  readonly pack: PolicyPack;
  readonly rule: Rule;
}

/** The rule of these ids, the user's own packs first; undefined for one of a newer relay. */
export function findRule(
  packId: string,
  ruleId: string,
  userPacks: readonly PolicyPack[] | undefined = [],
): RuleInPack | undefined {
  const pack = [...userPacks, ...packs].find(({ id }) => id === packId);
  const rule = pack?.rules.find(({ id }) => id === ruleId);
  return pack === undefined || rule === undefined ? undefined : { pack, rule };
}

/** What a rule says in the user's language; in English where it has no other words. */
export function ruleWords({ locale }: Voice, rule: Rule): RuleWords {
  return languageOf(locale) === 'zh' && rule.zh !== undefined ? rule.zh : rule;
}

/** What a turn is about, in words: `travel planning`; undefined for one this version does not know. */
export function nameCategory({ t }: Voice, category: string | undefined): string | undefined {
  const names: Record<Category, string> = {
    email: t('e-mail'),
    calendar: t('calendar'),
    shopping: t('shopping'),
    travel: t('travel planning'),
    'general-qa': t('general questions'),
    writing: t('writing'),
    roleplay: t('role play'),
    translation: t('translation'),
    health: t('health'),
    finance: t('finance'),
    media: t('media'),
    home: t('home'),
    jobs: t('job search'),
  };
  return category === undefined ? undefined : (names as Record<string, string>)[category];
}

/** `travel planning 97%`; for rules on tools and ways of use what was seen. */
export function nameFlag(voice: Voice, flag: Flag, userPacks?: readonly PolicyPack[]): string {
  if (!isTaskFlag(flag, userPacks)) return sayBecause(voice, flag);
  const about = nameCategory(voice, flag.category) ?? voice.t('not coding');
  return `${about} ${formatPercent(flag.pOffScope)}`;
}

/** Whether a flag is about what was asked for, not about the tool that asked or the way it came. */
export function isTaskFlag({ packId, ruleId }: Flag, userPacks?: readonly PolicyPack[]): boolean {
  return findRule(packId, ruleId, userPacks)?.rule.match.by === 'task';
}

/** `7 Sep 2026`, from an ISO date; the text itself where it is none. */
export function formatDay({ locale }: Voice, day: string): string {
  const at = Date.parse(day);
  if (Number.isNaN(at)) return plainText(day, 20);
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(at);
}

/** What became of it: `let through`, `held, sent on your word`. */
export function sayActed({ t }: Voice, { acted, heldBy = 'user' }: Flag): string {
  const sent = {
    user: t('held, sent on your word'),
    time: t('held, sent when the time was over'),
    nobody: t('sent unasked: no window was open'),
  };
  const stopped = {
    user: t('held, stopped on your word'),
    time: t('held, stopped when the time was over'),
    nobody: t('stopped unasked: no window was open'),
  };
  return {
    passed: t('let through'),
    warned: t('let through, told as it came'),
    sent: sent[heldBy],
    stopped: stopped[heldBy],
    blocked: t('stopped by Planward'),
  }[acted];
}

/** `“plan a trip” +2.1`, largest first. Words come from the prompt: whoever shows them escapes them. */
export function sayEvidence(voice: Voice, evidence: Flag['evidence'], most = 5): string {
  const { t } = voice;
  return evidence
    .slice(0, most)
    .map(({ feature, weight, where }) =>
      where === 'way'
        ? sayWayEvidence(voice, feature)
        : `“${plainText(feature, 40)}” ${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`,
    )
    .join(t(', '));
}

/** `serious`, as a word beside others. */
export function nameSeverity({ t }: Voice, { severity }: Pick<Flag, 'severity'>): string {
  switch (severity) {
    case 'serious':
      return t('serious');
    case 'warning':
      return t('warning');
    case 'info':
      return t('remark');
    default:
      severity satisfies never;
      return '';
  }
}
