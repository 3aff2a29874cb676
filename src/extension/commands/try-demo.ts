import { ProgressLocation, window } from 'vscode';
import { presentDemoPicks } from '../present/demo-picks.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayFailure } from './say-failure.ts';

/** Shows simulated traffic in this window until the demo is stopped. Nothing of the user's is changed or counted. */
export async function tryDemo(deps: CommandDeps, argument: unknown): Promise<void> {
  const { voice, demo } = deps;
  const { t } = voice;
  const picks = presentDemoPicks(voice);
  const title = t('Planward: try the demo');
  const placeHolder = t('Simulated agents, a relay of their own, no account. Which story?');
  const picked =
    picks.find(({ scenario }) => scenario === argument) ?? (await window.showQuickPick(picks, { title, placeHolder }));
  if (picked === undefined) return;
  try {
    await window.withProgress({ location: ProgressLocation.Window, title: t('The demo starts') }, () =>
      demo.start(picked.scenario),
    );
  } catch (error) {
    sayFailure(deps, t('The demo did not start. {0}', (error as Error).message));
  }
}
