import type { Report, ReportAccount } from '../../core/report.ts';
import { formatCount } from './figures.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

const DAY_MS = 86_400_000;

export interface SpanPick {
  readonly label: string;
  readonly days: number;
}

export function presentSpans({ t }: Voice): readonly SpanPick[] {
  return [
    { label: t('The last 7 days'), days: 7 },
    { label: t('The last 30 days'), days: 30 },
    { label: t('The last 90 days'), days: 90 },
    { label: t('All that is kept'), days: 400 },
  ];
}

/** Where a span begins, ms since epoch. */
export function sinceOf({ days }: SpanPick, now: number): number {
  return now - days * DAY_MS;
}

export type ReportFormat = 'md' | 'csv' | 'json';

export interface FormatPick {
  readonly label: string;
  readonly description: string;
  readonly format: ReportFormat;
}

export function presentFormats({ t }: Voice): readonly FormatPick[] {
  return [
    { label: t('Page to read'), description: 'Markdown', format: 'md' },
    { label: t('Table of days, agents and models'), description: 'CSV', format: 'csv' },
    { label: t('Everything, for programs'), description: 'JSON', format: 'json' },
  ];
}

export interface AccountPick {
  readonly label: string;
  readonly description: string;
  readonly account: ReportAccount;
}

/** The accounts an appeal may be about; `first` leads, since it is the likeliest. */
export function presentAppealAccounts(
  voice: Voice,
  report: Report,
  first: ReportAccount | undefined,
): readonly AccountPick[] {
  const { t } = voice;
  return report.accounts
    .toSorted((a, b) => Number(b === first) - Number(a === first))
    .map((account) => {
      const refused = report.groups
        .filter(({ providerId, accountKey }) => providerId === account.providerId && accountKey === account.accountKey)
        .reduce((sum, { count }) => sum + count, 0);
      const name = account.label ?? account.planName ?? account.providerName;
      return {
        label: plainText(name, 60),
        description: [
          t('key {0}', plainText(account.accountKey.slice(0, 4), 8)),
          t('policy events {0}', formatCount(voice, account.strikes.confirmed)),
          t('refusals {0}', formatCount(voice, refused)),
        ].join(' · '),
        account,
      };
    });
}
