import { fetchSettings } from '../../client/call-relay.ts';
import { askHealth, findRelay } from '../../client/find-relay.ts';
import { openJournal } from '../../connect/journal.ts';
import { DEFAULT_PORT } from '../../protocol/endpoint.ts';
import type { Check, Finding } from './finding.ts';

/** The relay of this home and who has its port. */
export const checkRelay: Check = async ({ home }) => {
  const found = await findRelay(home);
  if (found.ok) {
    const { port, version } = found.endpoint;
    const settings = await fetchSettings(found.endpoint);
    const routed = settings.ok ? settings.value.routedAgents : [];
    const says = `The relay ${version} answers on port ${port}${routed.length === 0 ? '' : ` and stays for ${routed.join(', ')}`}.`;
    return [{ id: 'relay', status: 'ok', says }, ...unrouted(home, routed)];
  }
  if (found.reason === 'other-protocol') {
    return [
      {
        id: 'relay',
        status: 'warn',
        says: found.message,
        fix: 'Restart the relay with the newer of the two versions.',
      },
    ];
  }
  const port = await askHealth(DEFAULT_PORT);
  if (port.kind === 'foreign') {
    const says = `Port ${DEFAULT_PORT} is used by another program, so the relay cannot start there.`;
    return [{ id: 'relay', status: 'fail', says, fix: 'End that program, or start the relay with --port.' }];
  }
  if (port.kind === 'ours') {
    return [{ id: 'relay', status: 'info', says: `A relay of another home answers on port ${DEFAULT_PORT}.` }];
  }
  return [
    {
      id: 'relay',
      status: 'info',
      says: `${found.message} Port ${DEFAULT_PORT} is free.`,
      fix: 'Start it with "planward relay", or from VS Code.',
    },
  ];
};

/** Agents that were connected and that the relay does not know of: without them it ends when nothing is asked for a while. */
function unrouted(home: string, routed: readonly string[]): readonly Finding[] {
  const connected = [...new Set(connectedAgents(home))].filter((agentId) => !routed.includes(agentId));
  return connected.map((agentId) => ({
    id: 'relay',
    status: 'warn',
    says: `${agentId} is connected, and the relay does not know that it has to stay for it.`,
    fix: `planward connect ${agentId}`,
  }));
}

function connectedAgents(home: string): readonly string[] {
  try {
    return openJournal(home)
      .open()
      .filter(({ what }) => what === undefined)
      .map(({ agentId }) => agentId);
  } catch {
    return []; // The journal has a finding of its own.
  }
}
