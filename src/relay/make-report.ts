import type { Report, ReportAccount } from '../core/report.ts';
import type { AccountView } from '../core/snapshot.ts';
import { MAX_REPORT_MS } from '../protocol/report.ts';
import { findProvider } from '../providers/list.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { Strikes } from './strikes.ts';

export interface ReportDeps {
  readonly ledger: Pick<LedgerWriter, 'flush' | 'query'>;
  readonly accounts: () => readonly AccountView[];
  readonly strikes: Strikes;
}

/** A report of what happened since `since`, 400 days at most; undefined where the ledger cannot be read now. */
export async function makeReport(
  { ledger, accounts: accountsNow, strikes }: ReportDeps,
  since: number,
  now: number,
): Promise<Report | undefined> {
  if (!(await ledger.flush())) return undefined;
  const told = await ledger.query('report', { since: Math.max(since, now - MAX_REPORT_MS), until: now + 1 });
  if (told === undefined) return undefined;
  const known = accountsNow();
  const seen = new Map(known.map((account) => [`${account.providerId}\n${account.accountKey}`, account]));
  const inSpan = new Map(told.counts.map((count) => [`${count.providerId}\n${count.accountKey}`, count]));
  const accounts = [...new Set([...seen.keys(), ...inSpan.keys()])].flatMap((key): ReportAccount[] => {
    const [providerId, accountKey] = key.split('\n') as [string, string];
    if (accountKey === '') return [];
    const account = seen.get(key);
    return [
      {
        providerId,
        providerName: account?.providerName ?? findProvider(providerId)?.name ?? providerId,
        accountKey,
        ...(account?.label === undefined ? {} : { label: account.label }),
        planId: account?.planId,
        planName: account?.planName,
        strikes: strikes.view(providerId, accountKey),
        policyEvents: strikes.events(providerId, accountKey).slice(-200),
      },
    ];
  });
  return { schema: 'planward.report.v1', at: now, ...told, accounts };
}
