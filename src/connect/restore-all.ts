import { join } from 'node:path';
import { PROVIDER_ORIGINS, type ProviderOrigin } from '../agents/relay-url.ts';
import type { Agent } from '../core/agent.ts';
import type { Places } from '../core/connection.ts';
import { disconnectAgent, planDisconnection } from './disconnect-agent.ts';
import { openJournal } from './journal.ts';
import { removeOwnEntries } from './remove-own-entry.ts';
import { planStrays, restoreStrays } from './restore-direct.ts';
import { findShellAddresses, type ShellAddress } from './shell-files.ts';

/** One settings file that was dealt with. */
export interface Restored {
  readonly agentId: string;
  readonly path: string;
  /** What is in the way, where the file was left alone; absent where it is in order. */
  readonly trouble?: { readonly message: string; readonly hints: readonly string[] };
}

export interface RestoredAll {
  readonly files: readonly Restored[];
  /** Addresses in shells' start files, which only their owner can remove. */
  readonly shells: readonly ShellAddress[];
  /** Why the journal could not be read; the agents' own files were looked at all the same. */
  readonly journal: string | undefined;
}

/**
 * Puts every agent back on its direct connection: what the journal knows byte for byte or by our addresses, then hooks, status
 * lines and relay addresses that nobody wrote down. Asks nobody, goes on after a failure, never throws.
 */
export function restoreAll(deps: {
  readonly home: string;
  readonly places: Places;
  readonly agents: readonly Agent[];
  readonly now: number;
  readonly origins?: readonly ProviderOrigin[];
  /** False where another home's journal is still to come, which knows better what stood in those places. */
  readonly strays?: boolean;
}): RestoredAll {
  const { home, places, agents, now } = deps;
  const files: Restored[] = [];
  let journal: string | undefined;
  try {
    for (const connected of openJournal(home).open()) {
      const of = { agentId: connected.agentId, path: connected.path };
      // A second connection of the same file stands on the first: once one is kept, those below it are kept too.
      if (files.some(({ path, trouble }) => trouble !== undefined && path === of.path)) continue;
      const plan = planDisconnection(connected);
      const done = plan.kind === 'blocked' ? undefined : disconnectAgent(plan, { home, now });
      if (plan.kind === 'blocked') files.push({ ...of, trouble: { message: plan.message, hints: plan.hints } });
      else if (done?.ok === false) files.push({ ...of, trouble: { message: done.message, hints: [] } });
      else files.push(of);
    }
  } catch (error) {
    journal = (error as Error).message;
  }
  // Hooks and status lines that nobody wrote down: those of this home, and those whose program is gone.
  const folder = join(home, 'hooks');
  const left = removeOwnEntries(deps, (entry) => entry.folder === folder || entry.missing !== undefined);
  for (const { agentId, path, message } of left) {
    const of = { agentId, path };
    if (files.some((file) => file.path === path && (file.trouble !== undefined) === (message !== undefined))) continue;
    files.push(message === undefined ? of : { ...of, trouble: { message, hints: [] } });
  }
  for (const agent of deps.strays === false ? [] : agents) {
    if (files.some(({ agentId, trouble }) => agentId === agent.id && trouble !== undefined)) continue;
    const plan = planStrays(agent, places, [...(deps.origins ?? []), ...PROVIDER_ORIGINS]);
    if (plan === undefined) continue;
    const done = restoreStrays(plan);
    const of = { agentId: agent.id, path: plan.file.path };
    files.push(done.ok ? of : { ...of, trouble: { message: `${done.message}.`, hints: [] } });
  }
  return { files, shells: findShellAddresses(agents, places), journal };
}
