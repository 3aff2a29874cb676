import { window } from 'vscode';
import { nameMode, presentModeProviders, presentModes } from '../present/mode-picks.ts';
import { nameProvider } from '../present/exchange-words.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone, sayFailure } from './say-failure.ts';

/** Chooses what Planward does with a provider's turns outside the terms. Blocking asks first and says what it does. */
export async function setMode(deps: CommandDeps): Promise<void> {
  const { voice, state, controls } = deps;
  const { t } = voice;
  const settings = await controls.settings();
  if (!settings.ok) return sayFailure(deps, settings.message);
  const { snapshot } = state.current();
  const provider = await window.showQuickPick(presentModeProviders(voice, snapshot, settings.value.modes), {
    title: t('Planward: set mode'),
    placeHolder: t('Provider whose terms are watched'),
  });
  if (provider === undefined) return;
  const { providerId } = provider;
  const name = nameProvider(snapshot, providerId);
  const now = settings.value.modes[providerId] ?? 'observe';
  const picked = await window.showQuickPick(
    presentModes(voice).map((row) => (row.mode === now ? { ...row, description: t('now') } : row)),
    { title: t('Planward: mode for {0}', name), placeHolder: t('What happens to a turn outside the terms') },
  );
  if (picked === undefined || picked.mode === now) return;
  if (picked.mode === 'block') {
    const yes = t('Block');
    const detail = t(
      'The agent gets a sentence of Planward in place of the answer, once per turn; nothing of that turn is sent to {0}. Requests wait for the verdict, a few milliseconds. Mark as Coding lets a turn through that was coding.',
      name,
    );
    const asked = t('Block turns to {0} that lie outside its terms?', name);
    if ((await window.showWarningMessage(asked, { modal: true, detail }, yes)) !== yes) return;
  }
  const { mode } = picked;
  const done = await controls.change(({ modes }) => ({ modes: { ...modes, [providerId]: mode } }));
  if (!done.ok) return sayFailure(deps, t('The mode of {0} is as it was. {1}', name, done.message));
  sayDone(t('Mode for {0}: {1}.', name, nameMode(voice, mode)));
}
