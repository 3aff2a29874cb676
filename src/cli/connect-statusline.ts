import { findStatusLine } from '../agents/status-lines/list.ts';
import { showDiff } from '../connect/show-diff.ts';
import { connectStatusline, planStatusline } from '../connect/statusline/plan-statusline.ts';
import type { Agent } from '../core/agent.ts';
import { homeFolder } from '../protocol/home.ts';
import { ask } from './ask.ts';
import type { CommandIo } from './command.ts';
import { newId } from './new-id.ts';
import { placesOf } from './places.ts';

interface Values {
  readonly 'dry-run'?: string | boolean;
  readonly yes?: string | boolean;
  readonly home?: string | boolean;
}

/** Lets an agent's status line run ours, after the user's own: shows what changes, asks, writes, notes it. */
export async function connectStatusLine(agent: Agent, values: Values, io: CommandIo): Promise<number> {
  const source = findStatusLine(agent.id);
  if (source === undefined) {
    io.err(`${agent.name} runs no command for its status line.`);
    return 1;
  }
  const home = String(values.home ?? homeFolder(io.env, io.userHome));
  const plan = planStatusline(source, placesOf(io), home);
  if (!plan.ok) {
    io.err(plan.message);
    return 1;
  }
  if (plan.theirs !== undefined) io.out('Note: your own status line goes on; Planward’s line stands below it.\n');
  io.out(
    plan.change === undefined
      ? `${agent.name} runs it already.\n`
      : `${showDiff(plan.file.path, plan.file.text, plan.text)}\n`,
  );
  if (values['dry-run'] === true) return 0;
  if (plan.change !== undefined && values.yes !== true && !(await ask(`Write this to ${plan.file.path}?`, true))) {
    io.out('Nothing was changed.\n');
    return 0;
  }
  const done = connectStatusline(plan, {
    home,
    source: { dist: __dirname, runtime: process.execPath },
    now: Date.now(),
    newId,
  });
  if (!done.ok) {
    io.err(done.message);
    return 1;
  }
  io.out(`${agent.name} shows its plan in its status line, from its next session on.\n`);
  io.out(`Back: planward disconnect ${agent.id} --statusline\n`);
  return 0;
}
