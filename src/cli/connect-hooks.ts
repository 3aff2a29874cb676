import { findHook } from '../agents/hooks/list.ts';
import { providerInUse, takeBackHooks } from '../connect/hooks/before-hooks.ts';
import { hookProgram } from '../connect/hooks/hook-program.ts';
import { installHooks } from '../connect/hooks/install-hooks.ts';
import { planHooks } from '../connect/hooks/plan-hooks.ts';
import { showDiff } from '../connect/show-diff.ts';
import type { Agent } from '../core/agent.ts';
import { homeFolder } from '../protocol/home.ts';
import { packFor } from '../policies/list.ts';
import { ask } from './ask.ts';
import type { CommandIo } from './command.ts';
import { newId } from './new-id.ts';
import { placesOf } from './places.ts';

interface Values {
  readonly provider?: string | boolean;
  readonly 'dry-run'?: string | boolean;
  readonly yes?: string | boolean;
  readonly home?: string | boolean;
}

/** Gives an agent a hook that asks before a prompt is taken up: shows what changes, asks, writes, notes it. */
export async function connectHooks(agent: Agent, values: Values, io: CommandIo): Promise<number> {
  const hook = findHook(agent.id);
  if (hook === undefined) {
    io.err(
      `${agent.name} has no hook that Planward knows of. Point it at the relay instead: planward connect ${agent.id}`,
    );
    return 1;
  }
  const home = String(values.home ?? homeFolder(io.env, io.userHome));
  const places = placesOf(io);
  const providerId = values.provider === undefined ? providerInUse(agent, places) : String(values.provider);
  if (providerId !== undefined && packFor(providerId) === undefined) {
    io.out(`Note: Planward knows no terms of ${providerId}, so nothing will be said about prompts that go there.\n`);
  }
  const program = hookProgram(home, providerId);
  const dryRun = values['dry-run'] === true;
  let plan = planHooks(hook, places, program);
  const wanted = !plan.ok || plan.files.length > 0;
  if (wanted && !dryRun && takeBackHooks(agent.id, home, Date.now())) {
    io.out('An earlier hook of ours was taken away for this one.\n');
    plan = planHooks(hook, places, program);
  }
  if (!plan.ok) {
    io.err(plan.message);
    return 1;
  }
  for (const note of hook.notes) io.out(`Note: ${note.en}\n`);
  for (const { file, text } of plan.files) io.out(`${showDiff(file.path, file.text, text)}\n`);
  if (plan.files.length === 0) io.out(`${agent.name} has the hook already.\n`);
  if (dryRun) return 0;
  const paths = plan.files.map(({ file }) => file.path).join(' and ');
  if (plan.files.length > 0 && values.yes !== true && !(await ask(`Write this to ${paths}?`, true))) {
    io.out('Nothing was changed.\n');
    return 0;
  }
  const source = { dist: __dirname, runtime: process.execPath };
  const done = installHooks(hook, program, plan, { home, source, now: Date.now(), newId });
  if (!done.ok) {
    io.err(`${done.message} What was written before can be taken away: planward disconnect ${agent.id} --hooks`);
    return 1;
  }
  io.out(`${agent.name} asks Planward before it takes a prompt up; the mode of its provider decides what is said.\n`);
  io.out(`Back: planward disconnect ${agent.id} --hooks\n`);
  return 0;
}
