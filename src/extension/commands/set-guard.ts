import { ConfigurationTarget, window, workspace } from 'vscode';
import type { Guard } from '../../core/guard.ts';
import type { RelaySettingsPatch } from '../../protocol/relay-settings.ts';
import { nameProvider } from '../present/exchange-words.ts';
import { changeGuards, type GuardChange } from '../present/guard-edit.ts';
import {
  presentGuard,
  presentGuardProviders,
  presentShares,
  readShare,
  type GuardPick,
} from '../present/guard-picks.ts';
import { sayGuardSettings } from '../present/guard-words.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/**
 * Sets the user's own limits for a provider, kept in VS Code's settings, which go to the relay. Asks until the user leaves;
 * each change holds at once.
 */
export async function setGuard(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state, controls } = deps;
  const { t } = voice;
  const title = t('Planward: set a guard');
  const settings = await controls.settings();
  if (!settings.ok) return sayFailure(deps, settings.message);
  let guards: Readonly<Record<string, Guard>> = settings.value.guards;
  const rows = presentGuardProviders(voice, state.current().snapshot, guards);
  if (rows.length === 0) return sayDone(t('No provider has been used yet.'));
  // A row of a plan that is on hold names its key too.
  const named = subjectOf(argument)?.split('/')[0];
  const provider =
    rows.find(({ providerId }) => providerId === named) ??
    (rows.length === 1 ? rows[0] : await window.showQuickPick(rows, { title, placeHolder: t('Provider to limit') }));
  if (provider === undefined) return;
  const { providerId } = provider;
  for (;;) {
    const { snapshot } = state.current();
    const accounts = (snapshot?.accounts ?? []).filter((each) => each.providerId === providerId);
    const picks = presentGuard(
      voice,
      guards[providerId],
      accounts.flatMap(({ windows }) => windows),
      accounts.some(({ peak }) => peak !== undefined),
    );
    const name = nameProvider(snapshot, providerId);
    const picked = await window.showQuickPick(picks, {
      title: t('Planward: guard for {0}', name),
      placeHolder: t('Your own limits, below the provider’s; Escape leaves'),
    });
    const change = picked === undefined ? undefined : await complete(deps, picked);
    if (change === undefined) return;
    guards = changeGuards(guards, providerId, change);
    const all = Object.keys(guards).length === 0 ? undefined : guards;
    // A demo's relay forgets it with the demo, and the user's settings never hear of it.
    if (deps.demo.place() === undefined) {
      await workspace.getConfiguration('planward.providers').update('guards', all, ConfigurationTarget.Global);
    } else {
      const patch = { guards } as RelaySettingsPatch;
      const told = await controls.change(() => patch);
      if (!told.ok) return sayFailure(deps, told.message);
    }
    sayDone(t('Guard for {0}: {1}.', name, sayGuardSettings(voice, guards[providerId])));
    if (change.kind === 'none') return;
  }
}

async function complete({ voice }: CommandDeps, picked: GuardPick): Promise<GuardChange | undefined> {
  const { t } = voice;
  if (picked.ask === undefined) return picked.change;
  const share = await window.showQuickPick(presentShares(voice), {
    title: picked.label,
    placeHolder: picked.detail ?? '',
  });
  if (share === undefined) return undefined;
  if (share.percent !== 'other') return picked.ask(share.percent);
  const typed = await window.showInputBox({
    title: picked.label,
    prompt: t('Share of the window in percent, 1 to 100'),
    validateInput: (text) => (readShare(text) === undefined ? t('A number from 1 to 100') : undefined),
  });
  return typed === undefined ? undefined : picked.ask(readShare(typed));
}
