import { parseArgs } from 'node:util';
import { agentName } from '../agents/list.ts';
import { fetchReport, fetchSettings, fetchSnapshot, type RelayAddress } from '../client/call-relay.ts';
import { findRelay } from '../client/find-relay.ts';
import type { Report } from '../core/report.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { languageOf, type Language } from '../core/text.ts';
import { buildDossier } from '../explain/dossier.ts';
import { measuresOf } from '../explain/dossier/measures.ts';
import { appealFor } from '../policies/appeals.ts';
import { homeFolder } from '../protocol/home.ts';
import { titleOfCode as titleOf } from '../providers/errors/title-of-code.ts';
import { findProvider, providers } from '../providers/list.ts';
import type { Command, CommandIo } from './command.ts';
import { misuse } from './misuse.ts';
import { drawReport } from '../explain/report/draw-report.ts';
import { accountToAppeal, narrowReport } from '../explain/report/narrow-report.ts';
import { readSince } from './report/read-since.ts';
import { countsCsv, failuresCsv } from '../explain/report/report-csv.ts';
import { VERSION } from './version.ts';

const OPTIONS = {
  since: { type: 'string' },
  format: { type: 'string', default: 'md' },
  appeal: { type: 'boolean', default: false },
  provider: { type: 'string' },
  account: { type: 'string' },
  lang: { type: 'string' },
  home: { type: 'string' },
} as const;

/** What the ledger holds of a span, or the page for a provider's appeal form. Nothing is sent anywhere but to the terminal. */
export const reportCommand: Command = {
  name: 'report',
  usage: '[--since 7d] [--format md|json|csv] [--appeal] [--provider ID] [--account KEY] [--lang en|zh] [--home DIR]',
  summary: 'usage, flags and incidents; with --appeal, the dossier for a provider’s appeal form',
  async run(argv, io) {
    let values;
    try {
      ({ values } = parseArgs({ args: [...argv], options: OPTIONS }));
    } catch (error) {
      return misuse(io, (error as Error).message);
    }
    const { format, appeal, provider, account } = values;
    if (!['md', 'json', 'csv'].includes(format)) return misuse(io, '--format is one of md, json, csv.');
    if (values.lang !== undefined && !['en', 'zh'].includes(values.lang)) {
      return misuse(io, '--lang is one of en, zh.');
    }
    if (provider !== undefined && findProvider(provider) === undefined) {
      const known = providers.map(({ id }) => id).join(', ');
      return misuse(io, `there is no provider "${provider}". Known: ${known}.`);
    }
    const since = readSince(values.since ?? (appeal ? '30d' : '7d'), Date.now());
    if (since === undefined)
      return misuse(io, '--since is a span such as 24h, 7d or 4w, or a date such as 2026-09-01.');
    const language =
      (values.lang as Language | undefined) ?? languageOf(io.env['LC_ALL'] ?? io.env['LC_MESSAGES'] ?? io.env['LANG']);

    const found = await findRelay(values.home ?? homeFolder(io.env, io.userHome));
    if (!found.ok) {
      io.err(`${found.message} Start it with "planward relay", or from VS Code with "Planward: Start Relay".`);
      return 1;
    }
    const [told, snapshot] = await Promise.all([fetchReport(found.endpoint, since), fetchSnapshot(found.endpoint)]);
    if (!told.ok || !snapshot.ok) {
      io.err(told.ok ? (snapshot.ok ? '' : snapshot.message) : told.message);
      return 1;
    }
    const report = narrowReport(told.value, provider);
    if (appeal)
      return await giveDossier(io, {
        report,
        account,
        format,
        language,
        relay: found.endpoint,
        snapshot: snapshot.value,
      });
    const owner = account === undefined ? undefined : report.accounts.find(({ accountKey }) => accountKey === account);
    if (account !== undefined && owner === undefined) return misuse(io, noAccount(account, report));
    const narrowed = owner === undefined ? report : narrowReport(report, owner.providerId, owner.accountKey);
    if (format === 'json') io.out(`${JSON.stringify(narrowed, undefined, 2)}\n`);
    else if (format === 'csv') io.out(countsCsv(narrowed));
    else {
      const of = <T extends { readonly providerId: string }>(rows: readonly T[]): T[] =>
        rows.filter(({ providerId }) => provider === undefined || providerId === provider);
      const { incidents, flags } = snapshot.value;
      io.out(
        drawReport(
          narrowed,
          { incidents: of(incidents), flags: of(flags) },
          { language, agentName, providerName, titleOf },
        ),
      );
    }
    return 0;
  },
};

interface DossierWanted {
  readonly report: Report;
  readonly account: string | undefined;
  readonly format: string;
  readonly language: Language;
  readonly relay: RelayAddress;
  readonly snapshot: Snapshot;
}

async function giveDossier(io: CommandIo, wanted: DossierWanted): Promise<number> {
  const { report, language, relay, snapshot } = wanted;
  const account =
    wanted.account === undefined
      ? accountToAppeal(report)
      : report.accounts.find(({ accountKey }) => accountKey === wanted.account);
  if (account === undefined) {
    if (wanted.account !== undefined) return misuse(io, noAccount(wanted.account, report));
    io.err(
      'there is no account to appeal for: no request with a key went through this relay. Name another span with --since.',
    );
    return 1;
  }
  if (wanted.account === undefined && report.accounts.length > 1) {
    io.err(`this is for account ${account.accountKey} of ${account.providerName}; name another one with --account.`);
  }
  const own = narrowReport(report, account.providerId, account.accountKey);
  const appeal = appealFor(account.providerId);
  if (wanted.format === 'csv') io.out(failuresCsv(own));
  else if (wanted.format === 'json') io.out(`${JSON.stringify({ ...own, appeal: appeal ?? null }, undefined, 2)}\n`);
  else {
    const settings = await fetchSettings(relay);
    const measures = measuresOf(account, snapshot.stopped, settings.ok ? settings.value : undefined, agentName);
    io.out(buildDossier({ report: own, account, language, titleOf, agentName, appeal, measures, version: VERSION }));
  }
  return 0;
}

function noAccount(key: string, report: Report): string {
  const known = report.accounts.map(({ accountKey, providerName: name }) => `${accountKey} (${name})`).join(', ');
  return `there is no account "${key}" in this span.${known === '' ? '' : ` Known: ${known}.`}`;
}

function providerName(id: string): string {
  return findProvider(id)?.name ?? id;
}
