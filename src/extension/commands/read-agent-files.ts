import { ConfigurationTarget, window, workspace } from 'vscode';
import { transcriptPlaces } from '../../agents/transcripts/list.ts';
import { agentName } from '../../agents/list.ts';
import { placesHere } from '../places.ts';
import { presentAgentFiles } from '../present/other-way-picks.ts';
import type { CommandDeps } from './command-deps.ts';
import { pickFrom } from './pick-from.ts';
import { sayFailure } from './say-failure.ts';

/**
 * Switches the reading of agents' own files on or off, for all agents, once the user saw which are read. It stands in VS Code's
 * settings, from where every relay is told.
 */
export async function readAgentFiles(deps: CommandDeps): Promise<void> {
  const { voice, controls } = deps;
  const { t } = voice;
  const now = await controls.settings();
  if (!now.ok) return sayFailure(deps, now.message);
  const isOn = now.value.transcripts !== 'off';
  const places = transcriptPlaces(placesHere()).map(([agentId, files]) => [agentName(agentId), files] as const);
  const sure = await pickFrom(presentAgentFiles(voice, isOn, places), {
    title: t('Planward: agents’ own files'),
    placeholder: isOn ? t('They are read now') : t('Figures, times, models and ids; no words of a conversation'),
    stays: true,
  });
  if (sure !== 'go') return;
  const transcripts = isOn ? 'off' : 'usage';
  const told = await controls.change(() => ({ transcripts }));
  if (!told.ok) return sayFailure(deps, t('Agents’ own files: nothing was changed. {0}', told.message));
  // Off is the default: then the setting is taken out, as if it had never been there.
  const value = isOn ? undefined : transcripts;
  await workspace.getConfiguration('planward').update('relay.agentFiles', value, ConfigurationTarget.Global);
  const words = isOn
    ? t('Agents’ own files are not read any more.')
    : t('Agents’ own files are read, in the background. Back: choose it again in Connect an Agent…');
  void window.showInformationMessage(words);
}
