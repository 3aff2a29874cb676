import type { Flag } from '../../core/flag.ts';
import type { AccountView, Snapshot } from '../../core/snapshot.ts';
import { nameAgent, nameProvider } from './exchange-words.ts';
import { findRule, formatDay, nameFlag, sayActed, sayEvidence } from './flag-words.ts';
import { formatInstant } from './instant.ts';
import { namePlan } from './name-plan.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import type { TreeNode } from './tree-node.ts';
import type { Voice } from './voice.ts';

const LONG = 600;

/** The *Violations* tree: open flags by rule, the rule with the newest flag first; then where each account stands. */
export function presentViolations(voice: Voice, snapshot: Snapshot | undefined, now: number): TreeNode[] {
  if (snapshot === undefined) return [];
  const byRule = new Map<string, Flag[]>();
  for (const flag of snapshot.flags) {
    const key = `${flag.packId}/${flag.ruleId}`;
    byRule.set(key, [...(byRule.get(key) ?? []), flag]);
  }
  const rules = [...byRule].map(([key, flags]) => presentRule(voice, snapshot, key, flags, now));
  const strikes = snapshot.accounts.flatMap((account) => presentStrikes(voice, snapshot, account, now));
  return [...rules, ...strikes];
}

/** `2 open flags` */
export function sayOpenFlags({ t }: Voice, count: number): string {
  return count === 1 ? t('1 open flag') : t('{0} open flags', count);
}

function presentRule(voice: Voice, snapshot: Snapshot, key: string, flags: readonly Flag[], now: number): TreeNode {
  const { t } = voice;
  const first = flags[0]!;
  const found = findRule(first.packId, first.ruleId);
  const label = plainText(found?.rule.title ?? first.ruleId, 60);
  const terms = t(
    '{0} terms {1}',
    plainText(found?.pack.vendor ?? first.packId, 40),
    formatDay(voice, found?.rule.source.readOn ?? first.packVersion),
  );
  return {
    id: `rule/${key}`,
    label,
    description: `${flags.length} · ${terms}`,
    tooltip: [`**${escapeMarkdown(label)}** · ${escapeMarkdown(terms)}`, ...ruleLines(voice, first)].join('\n\n'),
    icon: { id: 'law' },
    spoken: [label, terms, sayOpenFlags(voice, flags.length)].join(', '),
    context: 'rule',
    subject: key,
    children: flags.map((flag) => presentFlag(voice, snapshot, flag, now)),
  };
}

function presentFlag(voice: Voice, snapshot: Snapshot, flag: Flag, now: number): TreeNode {
  const { t } = voice;
  const label = nameFlag(voice, flag);
  const isTask = findRule(flag.packId, flag.ruleId)?.rule.match.by === 'task';
  const parts = [
    nameAgent(snapshot, flag.agentId) ?? t('Unrecognised agent'),
    formatInstant(voice, flag.at, now),
    sayActed(voice, flag),
  ];
  return {
    id: `flag/${flag.id}`,
    label,
    description: parts.join(' · '),
    tooltip: [
      `**${escapeMarkdown(label)}**`,
      escapeMarkdown([...parts, nameProvider(snapshot, flag.providerId)].join(' · '), 200),
      ...(flag.evidence.length === 0
        ? []
        : [t('Evidence: {0}', escapeMarkdown(sayEvidence(voice, flag.evidence), LONG))]),
      ...ruleLines(voice, flag),
      escapeMarkdown(t('A flag is a risk, not a verdict by the provider.'), LONG),
    ].join('\n\n'),
    icon:
      flag.severity === 'serious'
        ? { id: 'error', color: 'list.errorForeground' }
        : flag.severity === 'warning'
          ? { id: 'warning', color: 'list.warningForeground' }
          : { id: 'info', color: 'charts.blue' },
    spoken: [label, ...parts].join(', '),
    context: isTask ? 'flag.task' : 'flag',
    subject: flag.id,
    run: 'planward.explainRule',
  };
}

/** What the rule says, the vendor's words, where they stand and how to object. */
function ruleLines(voice: Voice, flag: Flag): string[] {
  const { t } = voice;
  const found = findRule(flag.packId, flag.ruleId);
  if (found === undefined) return [];
  const { rule } = found;
  const address = /^https:\/\/[^\s()<>]+$/.test(rule.source.url) ? `[${t('Source')}](${rule.source.url})` : '';
  return [
    escapeMarkdown(rule.says, LONG),
    `> ${escapeMarkdown(rule.quote, LONG)} ${address}`,
    t('To object: {0}', escapeMarkdown(rule.appeal, LONG)),
  ];
}

/** Only where there is something to count: a row that says 0 of nothing would frighten. */
function presentStrikes(voice: Voice, snapshot: Snapshot, account: AccountView, now: number): TreeNode[] {
  const { t } = voice;
  const { strikes } = account;
  if (strikes === undefined) return [];
  const own = strikes.ownFlags === 'not-judged' ? 0 : strikes.ownFlags;
  if (strikes.confirmed === 0 && own === 0) return [];
  const plan = namePlan(account);
  const confirmed =
    strikes.moreThan === undefined
      ? t('provider-confirmed {0}', strikes.confirmed)
      : t('provider-confirmed {0}, the terms say more than {1}', strikes.confirmed, strikes.moreThan);
  const parts = [confirmed, t('own flags {0}', own)];
  const last =
    strikes.lastAt === undefined || strikes.confirmed === 0
      ? []
      : [
          t(
            'Last refused {0} with {1}',
            formatInstant(voice, strikes.lastAt, now),
            plainText(strikes.lastCode ?? t('no code'), 24),
          ),
        ];
  const counter = t('The provider publishes no counter; own flags are risks, no strikes.');
  return [
    {
      id: `strikes/${account.providerId}/${account.accountKey}`,
      label: t('Strikes: {0}', plan),
      description: parts.join(' · '),
      tooltip: [
        `**${escapeMarkdown(t('Strikes: {0}', plan))}**`,
        ...[parts.join(' · '), ...last, strikes.note ?? '', counter]
          .filter((line) => line !== '')
          .map((line) => escapeMarkdown(line, LONG)),
      ].join('\n\n'),
      icon: strikes.confirmed > 0 ? { id: 'error', color: 'list.errorForeground' } : { id: 'shield' },
      spoken: [t('Strikes: {0}', plan), nameProvider(snapshot, account.providerId), ...parts, counter].join(', '),
      context: 'strikes',
    },
  ];
}
