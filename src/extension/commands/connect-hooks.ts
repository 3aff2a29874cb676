import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { commands, env, window } from 'vscode';
import type { Uri } from 'vscode';
import { findHook } from '../../agents/hooks/list.ts';
import { providerInUse, takeBackHooks } from '../../connect/hooks/before-hooks.ts';
import { hookProgram } from '../../connect/hooks/hook-program.ts';
import { installHooks } from '../../connect/hooks/install-hooks.ts';
import { planHooks, type HookFile } from '../../connect/hooks/plan-hooks.ts';
import { hideSecrets } from '../../connect/show-diff.ts';
import { languageOf } from '../../core/text.ts';
import type { Agent } from '../../core/agent.ts';
import { placesHere } from '../places.ts';
import { presentConfirmation } from '../present/connect-picks.ts';
import { readPlace } from '../settings.ts';
import { closeDiff } from './close-diff.ts';
import type { CommandDeps } from './command-deps.ts';
import { pickFrom } from './pick-from.ts';
import { sayFailure } from './say-failure.ts';

/** Gives an agent a hook that asks before a prompt is taken up, after the diff was shown and the user said yes. */
export async function connectHooks(deps: CommandDeps, agent: Agent): Promise<void> {
  const { t } = deps.voice;
  const hook = findHook(agent.id);
  if (hook === undefined) return;
  const { home } = readPlace();
  const places = placesHere();
  const program = hookProgram(home, providerInUse(agent, places));
  let plan = planHooks(hook, places, program);
  if ((!plan.ok || plan.files.length > 0) && takeBackHooks(agent.id, home, Date.now())) {
    plan = planHooks(hook, places, program);
  }
  if (!plan.ok) return sayFailure(deps, t('{0} got no hook. {1}', agent.name, plan.message));
  if (plan.files.length > 0 && !(await confirm(deps, agent, plan.files))) return;
  const source = { dist: __dirname, runtime: process.execPath };
  const done = installHooks(hook, program, plan, { home, source, now: Date.now(), newId: randomUUID });
  if (!done.ok) return sayFailure(deps, t('{0} got no hook. {1}', agent.name, done.message));
  const notes = hook.notes.map((note) => note[languageOf(env.language)]);
  void window.showInformationMessage(
    [t('{0} asks Planward before it takes a prompt up.', agent.name), ...notes].join(' '),
  );
}

async function confirm(deps: CommandDeps, agent: Agent, files: readonly HookFile[]): Promise<boolean> {
  const { voice, pages } = deps;
  const { t } = voice;
  const shown: Uri[] = [];
  for (const { file, text } of files) {
    const name = basename(file.path);
    const before = pages.put(`${agent.id}/${t('now')}/${name}`, hideSecrets(file.text));
    const after = pages.put(`${agent.id}/${t('then')}/${name}`, hideSecrets(text));
    shown.push(after);
    await commands.executeCommand('vscode.diff', before, after, t('{0}: what changes in {1}', agent.name, name), {
      preview: files.length === 1,
      preserveFocus: true,
    });
  }
  const changes = files.flatMap((each) => each.changes);
  const paths = files.map(({ file }) => file.path).join(', ');
  const sure = await pickFrom(presentConfirmation(voice, paths, changes), {
    title: t('Planward: a prompt hook for {0}', agent.name),
    placeholder: t('Write this change?'),
    stays: true,
  });
  for (const after of shown) await closeDiff(after);
  return sure === 'go';
}
