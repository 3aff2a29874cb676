import { window } from 'vscode';
import { fetchMetrics } from '../../client/call-relay.ts';
import { readExchanges } from '../../client/read-exchanges.ts';
import { writeExchanges } from '../../explain/export/write-exchanges.ts';
import { presentExportFormats } from '../present/export-picks.ts';
import { presentSpans, sinceOf } from '../present/report-picks.ts';
import type { CommandDeps } from './command-deps.ts';
import { savePage } from './save-page.ts';
import { sayFailure } from './say-failure.ts';

/** Saves every exchange of a span, or the figures of now, as a file for programs: no credential and no text in it. */
export async function exportExchanges(deps: CommandDeps, version: string): Promise<void> {
  const { voice, state } = deps;
  const { t } = voice;
  const title = t('Planward: export');
  const picked = await window.showQuickPick(presentExportFormats(voice), {
    title,
    placeHolder: t('What shall it be?'),
  });
  if (picked === undefined) return;
  const { format } = picked;
  const span =
    format === 'prometheus'
      ? undefined
      : await window.showQuickPick(presentSpans(voice), { title, placeHolder: t('How far back?') });
  if (format !== 'prometheus' && span === undefined) return;
  const { state: now, endpoint } = state.current();
  if (now !== 'live' || endpoint === undefined) return sayFailure(deps, t('The relay is not running.'));
  const name = `planward-${new Date().toISOString().slice(0, 10)}.${picked.ending}`;
  const save = (text: string) => savePage(deps, { title, name, kind: picked.description, text });
  if (format === 'prometheus' || span === undefined) {
    const metrics = await fetchMetrics(endpoint);
    if (!metrics.ok) return sayFailure(deps, t('Nothing was exported. {0}', metrics.message));
    await save(metrics.value);
    return;
  }
  const until = Date.now();
  const since = sinceOf(span, until);
  const read = await readExchanges(endpoint, { since, until });
  if (!read.ok) return sayFailure(deps, t('Nothing was exported. {0}', read.message));
  const { exchanges, complete } = read.value;
  await save(writeExchanges(format, exchanges, { version, at: until, since, until, complete }));
}
