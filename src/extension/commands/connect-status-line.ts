import { randomUUID } from 'node:crypto';
import { window } from 'vscode';
import { findStatusLine } from '../../agents/status-lines/list.ts';
import { connectStatusline, planStatusline } from '../../connect/statusline/plan-statusline.ts';
import type { Agent } from '../../core/agent.ts';
import { placesHere } from '../places.ts';
import { readPlace } from '../settings.ts';
import type { CommandDeps } from './command-deps.ts';
import { confirmFiles } from './confirm-files.ts';
import { sayFailure } from './say-failure.ts';

/** Lets an agent's status line run ours, after the user's own, once the diff was shown and the user said yes. */
export async function connectStatusLine(deps: CommandDeps, agent: Agent): Promise<void> {
  const { t } = deps.voice;
  const source = findStatusLine(agent.id);
  if (source === undefined) return;
  const { home } = readPlace();
  const plan = planStatusline(source, placesHere(), home);
  if (!plan.ok) return sayFailure(deps, t('{0} got no status line. {1}', agent.name, plan.message));
  const title = t('Planward: a status line for {0}', agent.name);
  const { change } = plan;
  if (change !== undefined && !(await confirmFiles(deps, agent, title, [{ ...plan, changes: [change] }]))) return;
  const done = connectStatusline(plan, {
    home,
    source: { dist: __dirname, runtime: process.execPath },
    now: Date.now(),
    newId: randomUUID,
  });
  if (!done.ok) return sayFailure(deps, t('{0} got no status line. {1}', agent.name, done.message));
  const said = t('{0} shows its plan in its status line, from its next session on.', agent.name);
  const note = plan.theirs === undefined ? [] : [t('Your own status line stands above it.')];
  void window.showInformationMessage([said, ...note].join(' '));
}
