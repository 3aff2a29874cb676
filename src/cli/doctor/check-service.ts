import { serviceFor } from '../service/service.ts';
import type { Check } from './finding.ts';

/** Whether the optional user-level service is there. */
export const checkService: Check = async ({ io, places, home }) => {
  const service = serviceFor({ places, home, env: io.env });
  const state = service.installed();
  return [
    {
      id: 'service',
      status: 'info',
      says: state ? `The relay is started at login: ${service.file}.` : 'The relay is not started at login.',
    },
  ];
};
