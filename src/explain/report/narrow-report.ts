import type { Report, ReportAccount } from '../../core/report.ts';

interface Owned {
  readonly providerId: string;
  readonly accountKey: string;
}

/** The report of one provider, or of one account of it; `failureCount` counts what is left. */
export function narrowReport(report: Report, providerId: string | undefined, accountKey?: string): Report {
  if (providerId === undefined) return report;
  const mine = <T extends Owned>(rows: readonly T[]): T[] =>
    rows.filter((row) => row.providerId === providerId && (accountKey === undefined || row.accountKey === accountKey));
  const groups = mine(report.groups);
  return {
    ...report,
    accounts: mine(report.accounts),
    counts: mine(report.counts),
    load: mine(report.load),
    groups,
    failures: mine(report.failures),
    failureCount: groups.reduce((sum, { count }) => sum + count, 0),
  };
}

/** The account an appeal is most likely about: most confirmed events, then most refusals. Undefined where there is none. */
export function accountToAppeal(report: Report): ReportAccount | undefined {
  const refusals = ({ providerId, accountKey }: ReportAccount): number =>
    report.groups.reduce(
      (sum, group) => (group.providerId === providerId && group.accountKey === accountKey ? sum + group.count : sum),
      0,
    );
  return report.accounts.toSorted((a, b) => b.strikes.confirmed - a.strikes.confirmed || refusals(b) - refusals(a))[0];
}
