import { randomUUID } from 'node:crypto';
import { env, window } from 'vscode';
import { findHook } from '../../agents/hooks/list.ts';
import { providerInUse, takeBackHooks } from '../../connect/hooks/before-hooks.ts';
import { hookProgram } from '../../connect/hooks/hook-program.ts';
import { installHooks } from '../../connect/hooks/install-hooks.ts';
import { planHooks } from '../../connect/hooks/plan-hooks.ts';
import { languageOf } from '../../core/text.ts';
import type { Agent } from '../../core/agent.ts';
import { placesHere } from '../places.ts';
import { readPlace } from '../settings.ts';
import type { CommandDeps } from './command-deps.ts';
import { confirmFiles } from './confirm-files.ts';
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
  const title = t('Planward: a prompt hook for {0}', agent.name);
  if (plan.files.length > 0 && !(await confirmFiles(deps, agent, title, plan.files))) return;
  const source = { dist: __dirname, runtime: process.execPath };
  const done = installHooks(hook, program, plan, { home, source, now: Date.now(), newId: randomUUID });
  if (!done.ok) return sayFailure(deps, t('{0} got no hook. {1}', agent.name, done.message));
  const notes = hook.notes.map((note) => note[languageOf(env.language)]);
  void window.showInformationMessage(
    [t('{0} asks Planward before it takes a prompt up.', agent.name), ...notes].join(' '),
  );
}
