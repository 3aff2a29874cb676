import type { Flag } from '../../core/flag.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { nameAgent, nameProvider } from './exchange-words.ts';
import { findRule, isTaskFlag, nameFlag, nameSeverity, ruleWords, sayActed, sayEvidence } from './flag-words.ts';
import { groupFlags, type FlagGroup, type FlagGrouping } from './group-flags.ts';
import { formatInstant } from './instant.ts';
import { sayOpenFlags } from './open-flags.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import { presentStrikes } from './strike-nodes.ts';
import type { TreeNode } from './tree-node.ts';
import type { Voice } from './voice.ts';

const LONG = 600;

/** The *Violations* tree: open flags in groups, the one with the newest flag first; then where each account stands. */
export function presentViolations(
  voice: Voice,
  snapshot: Snapshot | undefined,
  now: number,
  by: FlagGrouping = 'rule',
): TreeNode[] {
  if (snapshot === undefined) return [];
  const groups = groupFlags(voice, snapshot, by).map((group) => presentGroup(voice, snapshot, group, by, now));
  const strikes = snapshot.accounts.flatMap((account) => presentStrikes(voice, snapshot, account, now));
  return [...groups, ...strikes];
}

function presentGroup(voice: Voice, snapshot: Snapshot, group: FlagGroup, by: FlagGrouping, now: number): TreeNode {
  const { key, label, detail, flags } = group;
  const told = detail === undefined ? [label] : [label, detail];
  const tooltip = `**${escapeMarkdown(label)}**${detail === undefined ? '' : ` · ${escapeMarkdown(detail)}`}`;
  return {
    id: `${by}/${key}`,
    label,
    description: detail === undefined ? `${flags.length}` : `${flags.length} · ${detail}`,
    tooltip: [tooltip, ...(by === 'rule' ? ruleLines(voice, flags[0]!, snapshot) : [])].join('\n\n'),
    ...(group.icon === undefined ? {} : { icon: group.icon }),
    spoken: [...told, sayOpenFlags(voice, flags.length)].join(', '),
    context: by === 'rule' ? 'rule' : `group.${by}`,
    ...(by === 'rule' ? { subject: key } : {}),
    children: flags.map((flag) => presentFlag(voice, snapshot, flag, by, now)),
  };
}

function presentFlag(voice: Voice, snapshot: Snapshot, flag: Flag, by: FlagGrouping, now: number): TreeNode {
  const { t } = voice;
  const label = nameFlag(voice, flag, snapshot.userPacks);
  const isTask = isTaskFlag(flag, snapshot.userPacks);
  const agent = nameAgent(snapshot, flag.agentId) ?? t('Unrecognised agent');
  const rule = findRule(flag.packId, flag.ruleId, snapshot.userPacks)?.rule;
  const title = plainText(rule === undefined ? flag.ruleId : ruleWords(voice, rule).title, 60);
  const parts = [
    ...(by === 'agent' ? [] : [agent]),
    ...(by === 'rule' ? [] : [title]),
    formatInstant(voice, flag.at, now),
    sayActed(voice, flag),
  ];
  return {
    id: `flag/${flag.id}`,
    label,
    description: parts.join(' · '),
    tooltip: [
      `**${escapeMarkdown(label)}**`,
      escapeMarkdown([nameSeverity(voice, flag), ...parts, nameProvider(snapshot, flag.providerId)].join(' · '), 200),
      ...(flag.evidence.length === 0
        ? []
        : [t('Evidence: {0}', escapeMarkdown(sayEvidence(voice, flag.evidence), LONG))]),
      ...ruleLines(voice, flag, snapshot),
      escapeMarkdown(t('A flag is a risk, not a verdict by the provider.'), LONG),
    ].join('\n\n'),
    icon:
      flag.severity === 'serious'
        ? { id: 'error', color: 'list.errorForeground' }
        : flag.severity === 'warning'
          ? { id: 'warning', color: 'list.warningForeground' }
          : { id: 'info', color: 'charts.blue' },
    spoken: [nameSeverity(voice, flag), label, ...parts].join(', '),
    context: isTask ? 'flag.task' : 'flag',
    subject: flag.id,
    run: 'planward.explainRule',
  };
}

/** What the rule says, the vendor's words, where they stand and how to object. */
function ruleLines(voice: Voice, flag: Flag, { userPacks }: Snapshot): string[] {
  const { t } = voice;
  const found = findRule(flag.packId, flag.ruleId, userPacks);
  if (found === undefined) return [];
  const { rule } = found;
  const { says, appeal } = ruleWords(voice, rule);
  const address = /^https:\/\/[^\s()<>]+$/.test(rule.source.url) ? `[${t('Source')}](${rule.source.url})` : '';
  return [
    escapeMarkdown(says, LONG),
    `> ${escapeMarkdown(rule.quote, LONG)} ${address}`,
    t('To object: {0}', escapeMarkdown(appeal, LONG)),
  ];
}
