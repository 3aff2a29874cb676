import { setTimeout as pause } from 'node:timers/promises';
import { fetchSnapshot } from '../client/call-relay.ts';
import { findRelay } from '../client/find-relay.ts';
import { findOverrides } from '../connect/overrides.ts';
import { proxyObstacle } from '../connect/loopback-proxy.ts';
import type { Agent } from '../core/agent.ts';
import type { CommandIo } from './command.ts';
import { placesOf } from './places.ts';

const STEP_MS = 500;

/**
 * Waits for the first request of a newly connected agent and says how it went, or what may be in the way. Gives the exit
 * code: 0 where it was answered, else 1.
 */
export async function waitForFirstRequest(agent: Agent, home: string, seconds: number, io: CommandIo): Promise<number> {
  const began = Date.now();
  io.out(`Waiting up to ${seconds} s for its first request…\n`);
  while (Date.now() - began < seconds * 1000) {
    const found = await findRelay(home);
    const snapshot = found.ok ? await fetchSnapshot(found.endpoint) : undefined;
    if (snapshot?.ok === true) {
      const last = snapshot.value.recent.find(({ agentId, startedAt }) => agentId === agent.id && startedAt >= began);
      if (last !== undefined) return tell(agent, last, io);
    }
    await pause(STEP_MS);
  }
  io.err(`${agent.name} sent no request in ${seconds} s.`);
  io.out('What may be in the way:\n');
  io.out(`  a session that was open before. ${agent.connection?.restart.en ?? ''}\n`);
  for (const { where } of findOverrides(agent, placesOf(io), process.cwd()))
    io.out(`  ${where}, which wins over its own file\n`);
  const obstacle = proxyObstacle(io.env);
  if (obstacle !== undefined) io.out(`  ${obstacle.variables.join(', ')} without NO_PROXY=${obstacle.noProxy}\n`);
  return 1;
}

interface First {
  readonly status: number | undefined;
  readonly outcome: string;
  readonly providerId: string;
  readonly error: { readonly message: string } | undefined;
}

function tell(agent: Agent, { status, outcome, providerId, error }: First, io: CommandIo): number {
  if (status !== undefined && status < 400 && error === undefined) {
    io.out(`It works: ${agent.name} reached ${providerId} through the relay.\n`);
    return 0;
  }
  const why =
    status === 401 || status === 403
      ? 'the key may belong to another provider or another endpoint of it'
      : status === 404
        ? 'the model may not be known there'
        : (error?.message ?? outcome);
  io.err(`${agent.name} came through, and ${providerId} answered ${status ?? 'nothing'}: ${why}.`);
  return 1;
}
