import { window } from 'vscode';
import { nameProvider } from '../present/exchange-words.ts';
import { including } from '../relay-controls.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Lets the relay queue a provider's requests, one queue per key and model, with as many at once as the provider takes. */
export async function slowDown(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state, controls } = deps;
  const { t } = voice;
  const { snapshot } = state.current();
  const named = subjectOf(argument);
  // From a row of an incident: its provider.
  let providerId = snapshot?.incidents.find(({ id }) => id === named)?.providerId ?? named;
  if (providerId === undefined) {
    const settings = await controls.settings();
    if (!settings.ok) return sayFailure(deps, settings.message);
    const seen = [...new Set((snapshot?.agents ?? []).map((agent) => agent.providerId))];
    const left = seen.filter((id) => !settings.value.pacedProviders.includes(id));
    if (left.length === 0) {
      return sayDone(
        seen.length === 0 ? t('No provider has been used yet.') : t('Every provider in use is slowed down already.'),
      );
    }
    const picked = await window.showQuickPick(
      left.map((id) => ({ label: nameProvider(snapshot, id), id })),
      {
        title: t('Planward: slow down'),
        placeHolder: t('Requests wait in line, so that fewer are refused. Nothing is changed in them.'),
      },
    );
    providerId = picked?.id;
  }
  if (providerId === undefined) return;
  const paced = providerId;
  const name = nameProvider(snapshot, paced);
  const done = await controls.change(({ pacedProviders }) => ({ pacedProviders: including(pacedProviders, paced) }));
  if (!done.ok) return sayFailure(deps, t('{0} was not slowed down. {1}', name, done.message));
  state.redraw();
  const stop = t('Stop slowing down');
  // The way back stands beside the word: whatever acts by itself can be taken back at once.
  const said = t('Requests to {0} now wait in line where the provider takes no more at once.', name);
  void Promise.resolve(window.showInformationMessage(said, stop)).then(async (chosen) => {
    if (chosen === stop) await stopFor(deps, paced);
    return chosen;
  });
}

/** Takes one provider out of the queue; what waits goes at once. */
export async function stopFor(deps: CommandDeps, providerId: string): Promise<void> {
  const { t } = deps.voice;
  const name = nameProvider(deps.state.current().snapshot, providerId);
  const done = await deps.controls.change(({ pacedProviders }) => ({
    pacedProviders: pacedProviders.filter((id) => id !== providerId),
  }));
  if (done.ok) sayDone(t('Requests to {0} are no longer slowed down.', name));
  else sayFailure(deps, t('{0} is still slowed down. {1}', name, done.message));
}
