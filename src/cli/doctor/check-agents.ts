import { agents } from '../../agents/list.ts';
import { askHealth } from '../../client/find-relay.ts';
import { inspectAgent, type AgentState } from '../../connect/inspect-agent.ts';
import { openJournal } from '../../connect/journal.ts';
import { findShellAddresses } from '../../connect/shell-files.ts';
import { gatewayOrigins } from '../gateway-origins.ts';
import { agentLine } from '../list-agents.ts';
import type { Check, Finding } from './finding.ts';

/** Each agent's file, what wins over it, and addresses at which nobody listens any more, wherever they were left. */
export const checkAgents: Check = async ({ places, home }) => {
  const alive = portReader();
  const origins = gatewayOrigins(home);
  const findings: Finding[] = [];
  for (const agent of agents) {
    const state = inspectAgent(agent, places, { folder: process.cwd(), origins });
    findings.push(...(await ofAgent(state, alive)));
  }
  for (const { file, line, url, port } of findShellAddresses(agents, places)) {
    if (await alive(port)) continue;
    const says = `${file}:${line} names ${url}, where nobody listens.`;
    findings.push({
      id: 'shell',
      status: 'fail',
      says,
      fix: 'Start the relay, or take that line out: planward doctor --mend',
    });
  }
  return [...findings, ...unfinished(home, findings)];
};

async function ofAgent(state: AgentState, alive: (port: number) => Promise<boolean>): Promise<readonly Finding[]> {
  const id = `agent:${state.agentId}`;
  const findings: Finding[] = [];
  const line = `${state.name}: ${agentLine(state)}.`.replace(/\.\.$/, '.');
  const dead: string[] = [];
  for (const { leads, port, url } of state.addresses) {
    if (leads === 'relay' && port !== undefined && !(await alive(port))) dead.push(url);
  }
  if (state.state === 'unreadable') findings.push({ id, status: 'warn', says: line });
  else if (dead.length > 0) {
    findings.push({
      id,
      status: 'fail',
      says: `${state.name} is pointed at ${dead.join(', ')}, where nobody listens.`,
      fix: `Start the relay, or put it back: planward disconnect ${state.agentId}, or planward doctor --mend`,
    });
  } else findings.push({ id, status: state.state === 'connected' ? 'ok' : 'info', says: line });
  for (const { where, url } of state.overrides) {
    const status = state.state === 'connected' ? 'warn' : 'info';
    const says = `${where} wins over ${state.name}’s own file${url === undefined ? '' : ` and names ${url}`}.`;
    findings.push({ id, status, says });
  }
  return findings;
}

/** Whether a relay of ours answers on a port; each port is asked once. */
export function portReader(): (port: number) => Promise<boolean> {
  const asked = new Map<number, Promise<boolean>>();
  return (port) => {
    const known = asked.get(port) ?? askHealth(port).then(({ kind }) => kind === 'ours');
    asked.set(port, known);
    return known;
  };
}

/** Connections whose file no longer shows them: the note of them is all that is left. */
function unfinished(home: string, findings: readonly Finding[]): readonly Finding[] {
  try {
    const noted = new Set(
      openJournal(home)
        .open()
        .filter(({ what }) => what === undefined)
        .map(({ agentId }) => agentId),
    );
    const direct = [...noted].filter(
      (agentId) =>
        !findings.some(({ id, says }) => id === `agent:${agentId}` && says.includes('127.0.0.1')) &&
        findings.some(({ id, says }) => id === `agent:${agentId}` && / direct\.$|not found/.test(says)),
    );
    return direct.map((agentId) => ({
      id: `agent:${agentId}`,
      status: 'info' as const,
      says: `The journal says that ${agentId} is connected, and its file does not: somebody put it back by hand.`,
      fix: `planward disconnect ${agentId}`,
    }));
  } catch {
    return [];
  }
}
