import { window } from 'vscode';
import { nameProvider } from '../present/exchange-words.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { stopFor } from './slow-down.ts';
import { subjectOf } from './subject-of.ts';

/** Takes a provider out of the queue. */
export async function stopSlowingDown(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state, controls } = deps;
  const { t } = voice;
  const named = subjectOf(argument);
  if (named !== undefined) return await stopFor(deps, named);
  const settings = await controls.settings();
  if (!settings.ok) return sayFailure(deps, settings.message);
  const rows = settings.value.pacedProviders.map((id) => ({ label: nameProvider(state.current().snapshot, id), id }));
  if (rows.length === 0) return sayDone(t('No provider is slowed down.'));
  const picked =
    rows.length === 1 ? rows[0] : await window.showQuickPick(rows, { title: t('Planward: stop slowing down') });
  if (picked !== undefined) await stopFor(deps, picked.id);
}
