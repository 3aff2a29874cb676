import type { AccountView, Snapshot } from '../../core/snapshot.ts';
import { nameProvider } from './exchange-words.ts';
import { formatInstant } from './instant.ts';
import { namePlan } from './name-plan.ts';
import { escapeMarkdown, plainText } from './plain-text.ts';
import type { TreeNode } from './tree-node.ts';
import type { Voice } from './voice.ts';

const LONG = 600;

/**
 * Where an account stands under its plan's terms, with the terms' own number and that nobody publishes a counter. Only where
 * there is something to count: a row that says 0 of nothing would frighten.
 */
export function presentStrikes(voice: Voice, snapshot: Snapshot, account: AccountView, now: number): TreeNode[] {
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
      // The figures first: a plan's name alone fills a narrow sidebar.
      label: t('Strikes'),
      description: [t('provider-confirmed {0}', strikes.confirmed), t('own flags {0}', own), plan].join(' · '),
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
