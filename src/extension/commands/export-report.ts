import { window } from 'vscode';
import { agentName } from '../../agents/list.ts';
import type { Report } from '../../core/report.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { languageOf } from '../../core/text.ts';
import { drawReport } from '../../explain/report/draw-report.ts';
import { countsCsv } from '../../explain/report/report-csv.ts';
import { titleOfCode } from '../../providers/errors/title-of-code.ts';
import { findProvider } from '../../providers/list.ts';
import { presentFormats, presentSpans, sinceOf, type FormatPick } from '../present/report-picks.ts';
import type { CommandDeps } from './command-deps.ts';
import { savePage } from './save-page.ts';
import { sayFailure } from './say-failure.ts';

/** Saves what the ledger holds of a span: use, refusals, incidents and flags, without any prompt. */
export async function exportReport(deps: CommandDeps): Promise<void> {
  const { voice, state, controls } = deps;
  const { t } = voice;
  const title = t('Planward: export report');
  const span = await window.showQuickPick(presentSpans(voice), { title, placeHolder: t('How far back?') });
  if (span === undefined) return;
  const picked = await window.showQuickPick(presentFormats(voice), { title, placeHolder: t('What shall it be?') });
  if (picked === undefined) return;
  const report = await controls.report(sinceOf(span, Date.now()));
  if (!report.ok) return sayFailure(deps, t('No report was made. {0}', report.message));
  const text = write(report.value, state.current().snapshot, picked.format, voice.locale);
  const day = new Date().toISOString().slice(0, 10);
  await savePage(deps, { title, name: `planward-report-${day}.${picked.format}`, kind: picked.description, text });
}

function write(
  report: Report,
  snapshot: Snapshot | undefined,
  format: FormatPick['format'],
  locale: string | undefined,
): string {
  switch (format) {
    case 'csv':
      return countsCsv(report);
    case 'json':
      return `${JSON.stringify(report, undefined, 2)}\n`;
    case 'md':
      return drawReport(
        report,
        { incidents: snapshot?.incidents ?? [], flags: snapshot?.flags ?? [] },
        {
          language: languageOf(locale),
          agentName,
          providerName: (id) => findProvider(id)?.name ?? id,
          titleOf: titleOfCode,
        },
      );
    default:
      format satisfies never;
      return '';
  }
}
