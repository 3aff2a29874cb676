import { window } from 'vscode';
import { agentName } from '../../agents/list.ts';
import { languageOf } from '../../core/text.ts';
import { buildDossier } from '../../explain/dossier.ts';
import { measuresOf } from '../../explain/dossier/measures.ts';
import { accountToAppeal, narrowReport } from '../../explain/report/narrow-report.ts';
import { appealFor } from '../../policies/appeals.ts';
import { titleOfCode } from '../../providers/errors/title-of-code.ts';
import { presentAppealAccounts } from '../present/report-picks.ts';
import type { CommandDeps } from './command-deps.ts';
import { savePage } from './save-page.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

const SPAN_MS = 30 * 86_400_000;

/**
 * Makes the page for a provider's appeal form from what the ledger holds of the last 30 days, and saves it where the user says.
 * It holds no prompt and no key, and nothing is sent anywhere. From a row of an incident: for its account.
 */
export async function buildAppealDossier(deps: CommandDeps, argument: unknown, version: string): Promise<void> {
  const { voice, state, controls } = deps;
  const { t } = voice;
  const report = await controls.report(Date.now() - SPAN_MS);
  if (!report.ok) return sayFailure(deps, t('No dossier was made. {0}', report.message));
  const { snapshot } = state.current();
  const named = subjectOf(argument);
  const incident = snapshot?.incidents.find(({ id }) => id === named);
  const owner = report.value.accounts.find(
    ({ providerId, accountKey }) => providerId === incident?.providerId && accountKey === incident.accountKey,
  );
  const rows = presentAppealAccounts(voice, report.value, accountToAppeal(report.value));
  if (rows.length === 0) {
    return sayDone(t('There is nothing to appeal: no request with a key went through this relay.'));
  }
  const account =
    owner ??
    (rows.length === 1
      ? rows[0]
      : await window.showQuickPick(rows, {
          title: t('Planward: build appeal dossier'),
          placeHolder: t('Account the provider acted against'),
        })
    )?.account;
  if (account === undefined) return;
  const settings = await controls.settings();
  const language = languageOf(voice.locale);
  const text = buildDossier({
    report: narrowReport(report.value, account.providerId, account.accountKey),
    account,
    language,
    titleOf: titleOfCode,
    agentName,
    appeal: appealFor(account.providerId),
    measures: measuresOf(account, snapshot?.stopped ?? [], settings.ok ? settings.value : undefined, agentName),
    version,
  });
  const day = new Date().toISOString().slice(0, 10);
  const saved = await savePage(deps, {
    title: t('Planward: build appeal dossier'),
    name: `planward-appeal-${account.providerId}-${day}.md`,
    kind: 'Markdown',
    text,
  });
  if (saved) sayDone(t('Fill in the blanks before you send it. Nothing was sent anywhere.'));
}
