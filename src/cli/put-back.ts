import { agentName } from '../agents/list.ts';
import { disconnectAgent, planDisconnection, type DisconnectPlan } from '../connect/disconnect-agent.ts';
import type { Connected } from '../connect/journal.ts';
import { planStrays, restoreStrays } from '../connect/restore-direct.ts';
import { showDiff } from '../connect/show-diff.ts';
import type { Agent } from '../core/agent.ts';
import type { Places } from '../core/connection.ts';
import { ask } from './ask.ts';
import type { CommandIo } from './command.ts';

export interface PutBack {
  readonly agentId: string;
  readonly path: string;
  readonly ok: boolean;
}

export interface PutBackOptions {
  readonly home: string;
  readonly dryRun: boolean;
  /** Only our addresses are put back where somebody else changed the file since. */
  readonly ourKeys: boolean;
}

/** Takes one connection back and says what was done, or what to do by hand. */
export async function putBack(connected: Connected, options: PutBackOptions, io: CommandIo): Promise<PutBack> {
  const name = agentName(connected.agentId);
  const result = (ok: boolean): PutBack => ({ agentId: connected.agentId, path: connected.path, ok });
  const plan = planDisconnection(connected);
  if (plan.kind === 'blocked') {
    io.err(plan.message);
    for (const hint of plan.hints) io.out(`${hint}\n`);
    return result(false);
  }
  if (plan.kind === 'our-keys' && !(await mayPutBackOurKeys(plan, options, io))) return result(false);
  if (options.dryRun) {
    if (plan.kind === 'exact' && plan.text === undefined) io.out(`${connected.path} would be removed again.\n`);
    else if (plan.kind === 'exact') io.out(`${showDiff(connected.path, plan.file.text, plan.text ?? '')}\n`);
    return result(true);
  }
  const done = disconnectAgent(plan, { home: options.home, now: Date.now() });
  if (!done.ok) {
    io.err(done.message);
    return result(false);
  }
  io.out(`${name}: ${sentence(done.how, plan)}\n`);
  return result(true);
}

async function mayPutBackOurKeys(
  plan: Extract<DisconnectPlan, { kind: 'our-keys' }>,
  { ourKeys, dryRun }: PutBackOptions,
  io: CommandIo,
): Promise<boolean> {
  const { path, agentId } = plan.connected;
  for (const label of plan.others) io.out(`${label} was set to something else since and is left as it is.\n`);
  if (dryRun || !ourKeys) io.out(`${showDiff(path, plan.file.text, plan.text)}\n`);
  if (dryRun || ourKeys) return true;
  io.out(`${path} was changed since it was connected, so it cannot be put back byte for byte.\n`);
  if (await ask('Put back only the address, and keep everything else as it is now?', false)) return true;
  io.err(`${path} was left alone. To put back only what is shown above: planward disconnect ${agentId} --our-keys`);
  return false;
}

function sentence(how: 'exact' | 'our-keys' | 'gone', { connected }: DisconnectPlan): string {
  switch (how) {
    case 'exact':
      return connected.existed ? `${connected.path} is as it was.` : `${connected.path} is gone again, as before.`;
    case 'our-keys':
      if (connected.what === 'hooks') return `our hook is out of ${connected.path}; what else was changed in it stays.`;
      return `${connected.path} has its own address again; what else was changed in it stays.`;
    case 'gone':
      return `nothing of ours was left in ${connected.path}.`;
    default:
      return how satisfies never;
  }
}

/** Turns relay addresses that no journal knows of into the provider's own. */
export function putBackStrays(
  agent: Agent,
  places: Places,
  options: PutBackOptions,
  io: CommandIo,
): readonly PutBack[] {
  const plan = planStrays(agent, places);
  if (plan === undefined) return [];
  const result = (ok: boolean): readonly PutBack[] => [{ agentId: agent.id, path: plan.file.path, ok }];
  if (options.dryRun) {
    io.out(`${showDiff(plan.file.path, plan.file.text, plan.text)}\n`);
    return result(true);
  }
  const done = restoreStrays(plan);
  if (!done.ok) {
    io.err(`${done.message}.`);
    return result(false);
  }
  for (const { label, after } of plan.changes) io.out(`${agent.name}: ${label} leads to ${after} again.\n`);
  return result(true);
}
