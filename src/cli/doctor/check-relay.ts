import { fetchSettings } from '../../client/call-relay.ts';
import { askHealth, findRelay } from '../../client/find-relay.ts';
import { DEFAULT_PORT } from '../../protocol/endpoint.ts';
import type { Check } from './finding.ts';

/** The relay of this home and who has its port. */
export const checkRelay: Check = async ({ home }) => {
  const found = await findRelay(home);
  if (found.ok) {
    const { port, version } = found.endpoint;
    const settings = await fetchSettings(found.endpoint);
    const routed = settings.ok ? settings.value.routedAgents : [];
    const says = `The relay ${version} answers on port ${port}${routed.length === 0 ? '' : ` and stays for ${routed.join(', ')}`}.`;
    return [{ id: 'relay', status: 'ok', says }];
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
