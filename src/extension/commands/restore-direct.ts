import { ConfigurationTarget, window, workspace } from 'vscode';
import { agentName, agents } from '../../agents/list.ts';
import { TERMINAL_ROUTES } from '../../agents/terminal-routes.ts';
import { profileEntries } from '../../connect/agent-profiles.ts';
import { restoreAll } from '../../connect/restore-all.ts';
import { changeRoutedAgents } from '../../connect/routed-agents.ts';
import { takeBackProfiles } from '../agent-profiles.ts';
import { restoreEditorSettings } from '../editor-settings.ts';
import { placesHere } from '../places.ts';
import { presentHints } from '../present/hints-page.ts';
import { plainText } from '../present/plain-text.ts';
import { readPlace, readRoute } from '../settings.ts';
import type { CommandDeps } from './command-deps.ts';

/** Puts every agent back on its direct connection, at once and without questions: it is for when the relay is in the way. */
export async function restoreDirect(deps: CommandDeps): Promise<void> {
  const { voice, controls, machine, pages, log } = deps;
  const { t } = voice;
  const { home } = readPlace();
  const switched = TERMINAL_ROUTES.filter((route) => readRoute(route) !== 'off');
  for (const { setting } of switched) {
    const terminals = workspace.getConfiguration('planward.terminals');
    await terminals.update(setting, undefined, ConfigurationTarget.Global);
  }
  const { files, shells, journal } = restoreAll({ home, places: placesHere(), agents, now: Date.now() });
  for (const name of await restoreEditorSettings(home)) log.info(`${name}: restored`);
  const profiles = await takeBackProfiles(home);
  const leftProfiles = profileEntries(home);
  const kept = files.filter(({ trouble }) => trouble !== undefined);
  const keptIds = [...new Set([...kept, ...leftProfiles].map(({ agentId }) => agentId))];
  const told = await controls.change(() => ({ routedAgents: keptIds }));
  if (!told.ok) changeRoutedAgents(home, () => keptIds);
  machine.look();
  deps.state.redraw();
  for (const { path, trouble } of files) log.info(`${path}: ${trouble?.message ?? 'restored'}`);

  const back = files.filter(({ trouble }) => trouble === undefined).map(({ agentId }) => agentName(agentId));
  const names = [...new Set([...back, ...profiles.map(agentName), ...switched.map((route) => route.agentName)])];
  const problems = [
    ...kept.flatMap(({ trouble }) => [trouble!.message, ...trouble!.hints]),
    ...leftProfiles.map(({ agentId, profile }) =>
      t('{0} was not reached. Choose another profile in its settings, and delete {1}.', agentName(agentId), profile),
    ),
    ...shells.map(({ file, line, url }) =>
      t('{0}, line {1}, still names {2}. Remove that line by hand.', file, line, url),
    ),
    ...(journal === undefined ? [] : [t('The journal in {0} cannot be read: {1}', home, journal)]),
  ];
  const said =
    names.length === 0
      ? t('No agent was connected.')
      : t('Back on a direct connection from the next start on: {0}.', names.join(', '));
  if (problems.length === 0) {
    void window.showInformationMessage(plainText(said, 400));
    return;
  }
  const show = t('Show What Is Left');
  const left = t('{0} Some things are left to do by hand.', said);
  if ((await window.showWarningMessage(plainText(left, 400), show)) !== show) return;
  await pages.showMarkdown('restore.md', presentHints(voice, t('Restore direct connections'), said, problems));
}
