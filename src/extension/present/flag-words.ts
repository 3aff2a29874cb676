import type { Flag } from '../../core/flag.ts';
import type { PolicyPack, Rule } from '../../core/policy-pack.ts';
import type { Category } from '../../core/verdict.ts';
import { packs } from '../../policies/list.ts';
import { formatPercent } from './figures.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** A rule and the terms it stands in. */
export interface RuleInPack {
  readonly pack: PolicyPack;
  readonly rule: Rule;
}

/** The rule of these ids; undefined for one of the user's own packs or of a newer relay. */
export function findRule(packId: string, ruleId: string): RuleInPack | undefined {
  const pack = packs.find(({ id }) => id === packId);
  const rule = pack?.rules.find(({ id }) => id === ruleId);
  return pack === undefined || rule === undefined ? undefined : { pack, rule };
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
export function nameFlag(voice: Voice, flag: Flag): string {
  const isTask = findRule(flag.packId, flag.ruleId)?.rule.match.by === 'task';
  if (!isTask) return plainText(flag.because, 80);
  const about = nameCategory(voice, flag.category) ?? voice.t('not coding');
  return `${about} ${formatPercent(flag.pOffScope)}`;
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
export function sayEvidence({ t }: Voice, evidence: Flag['evidence'], most = 5): string {
  return evidence
    .slice(0, most)
    .map(({ feature, weight }) => `“${plainText(feature, 40)}” ${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`)
    .join(t(', '));
}
