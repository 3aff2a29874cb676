import type { LedgerReport, Report, ReportAccount } from '../core/report.ts';
import type { AccountView } from '../core/snapshot.ts';
import { MAX_REPORT_MS } from '../protocol/report.ts';
import type { Strikes } from './strikes.ts';

export interface ReportDeps {
  readonly now: () => number;
  /** Undefined where the ledger cannot be read now. */
  readonly query: (span: { readonly since: number; readonly until: number }) => Promise<LedgerReport | undefined>;
  readonly accounts: () => readonly AccountView[];
  readonly strikes: Strikes;
  readonly providerName: (providerId: string) => string;
}

/** A report of what happened since `since`, 400 days at most; undefined where the ledger cannot be read now. */
export async function makeReport(deps: ReportDeps, since: number): Promise<Report | undefined> {
  const at = deps.now();
  const told = await deps.query({ since: Math.max(since, at - MAX_REPORT_MS), until: at + 1 });
  if (told === undefined) return undefined;
  const known = deps.accounts();
  const seen = new Map(known.map((account) => [`${account.providerId}\n${account.accountKey}`, account]));
  const inSpan = new Map(told.counts.map((count) => [`${count.providerId}\n${count.accountKey}`, count]));
  const accounts = [...new Set([...seen.keys(), ...inSpan.keys()])].flatMap((key): ReportAccount[] => {
    const [providerId, accountKey] = key.split('\n') as [string, string];
    if (accountKey === '') return [];
    const account = seen.get(key);
    return [
      {
        providerId,
        providerName: account?.providerName ?? deps.providerName(providerId),
        accountKey,
        ...(account?.label === undefined ? {} : { label: account.label }),
        planId: account?.planId,
        planName: account?.planName,
        strikes: deps.strikes.view(providerId, accountKey),
        policyEvents: deps.strikes.events(providerId, accountKey).slice(-200),
      },
    ];
  });
  return { schema: 'planward.report.v1', at, ...told, accounts };
}
