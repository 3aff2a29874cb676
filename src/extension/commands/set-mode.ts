import { ConfigurationTarget, window, workspace } from 'vscode';
import type { ScopeMode } from '../../core/scope-mode.ts';
import { nameMode, nameModeKey, presentModes, presentModeSubjects } from '../present/mode-picks.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Chooses what Planward does with turns outside a provider's or a plan's terms. Blocking asks first and says what it does. */
export async function setMode(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state, controls } = deps;
  const { t } = voice;
  const settings = await controls.settings();
  if (!settings.ok) return sayFailure(deps, settings.message);
  const { snapshot } = state.current();
  const { modes } = settings.value;
  const key = subjectOf(argument) ?? (await pickSubject(deps, modes));
  if (key === undefined) return;
  const name = nameModeKey(snapshot, key);
  const now = modes[key] ?? (key.includes('/') ? undefined : 'observe');
  const picked = await window.showQuickPick(
    presentModes(voice, settings.value).map((row) => (row.mode === now ? { ...row, description: t('now') } : row)),
    { title: t('Planward: mode for {0}', name), placeHolder: t('What happens to a turn outside the terms') },
  );
  if (picked === undefined || picked.mode === now) return;
  const { mode } = picked;
  if (mode === 'block' && !(await confirmBlock(deps, name))) return;
  const done = await controls.change((before) => ({ modes: { ...before.modes, [key]: mode } }));
  if (!done.ok) return sayFailure(deps, t('The mode of {0} is as it was. {1}', name, done.message));
  // A demo's relay forgets it with the demo, and the user's settings never hear of it.
  if (deps.demo.place() === undefined) await keepInSettings(key, mode);
  sayDone(t('Mode for {0}: {1}.', name, nameMode(voice, mode)));
}

async function pickSubject(
  { voice, state }: CommandDeps,
  modes: Record<string, ScopeMode>,
): Promise<string | undefined> {
  const { t } = voice;
  const picked = await window.showQuickPick(presentModeSubjects(voice, state.current().snapshot, modes), {
    title: t('Planward: set mode'),
    placeHolder: t('Provider or plan whose terms are watched'),
  });
  return picked?.key;
}

async function confirmBlock({ voice }: CommandDeps, name: string): Promise<boolean> {
  const { t } = voice;
  const yes = t('Block');
  const detail = t(
    'The agent gets a sentence of Planward in place of the answer, once per turn; nothing of that turn is sent to {0}. Requests wait for the verdict, a few milliseconds. Mark as Coding lets a turn through that was coding.',
    name,
  );
  const asked = t('Block turns to {0} that lie outside its terms?', name);
  return (await window.showWarningMessage(asked, { modal: true, detail }, yes)) === yes;
}

/** Modes that stand in VS Code's settings are sent from there to every relay: the choice goes there too, or it would not last. */
async function keepInSettings(key: string, mode: ScopeMode): Promise<void> {
  const settings = workspace.getConfiguration('planward');
  const told = settings.inspect<Record<string, ScopeMode>>('providers.modes')?.globalValue;
  if (told === undefined) return;
  await settings.update('providers.modes', { ...told, [key]: mode }, ConfigurationTarget.Global);
}
