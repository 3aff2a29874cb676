import { window } from 'vscode';
import { agentName } from '../../agents/list.ts';
import { plainText } from '../present/plain-text.ts';
import { without } from '../relay-controls.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Lets a paused agent go on, with what was held first. */
export async function resumeAgent(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, controls } = deps;
  const { t } = voice;
  let agentId = subjectOf(argument);
  if (agentId === undefined) {
    const settings = await controls.settings();
    if (!settings.ok) return sayFailure(deps, settings.message);
    const paused = settings.value.pausedAgents;
    if (paused.length === 0) return sayDone(t('No agent is paused.'));
    const rows = paused.map((id) => ({ label: plainText(agentName(id), 40), id }));
    const picked =
      rows.length === 1 ? rows[0] : await window.showQuickPick(rows, { title: t('Planward: resume an agent') });
    agentId = picked?.id;
  }
  if (agentId === undefined) return;
  const resumed = agentId;
  const name = plainText(agentName(resumed), 40);
  const done = await controls.change(({ pausedAgents }) => ({ pausedAgents: without(pausedAgents, resumed) }));
  if (done.ok) sayDone(t('{0} goes on.', name));
  else sayFailure(deps, t('{0} was not resumed. {1}', name, done.message));
}
