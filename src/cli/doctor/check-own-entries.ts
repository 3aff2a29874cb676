import { agentName } from '../../agents/list.ts';
import { findOwnEntries } from '../../connect/own-entries.ts';
import type { Check } from './finding.ts';

/** Hooks, plugins and status lines of ours in agents' files whose program is gone. */
export const checkOwnEntries: Check = ({ places }) =>
  Promise.resolve(
    findOwnEntries(places).flatMap(({ agentId, what, file, missing }) =>
      missing === undefined
        ? []
        : [
            {
              id: `${what}:${agentId}`,
              status: 'fail' as const,
              says: `${agentName(agentId)} still runs Planward’s ${what === 'hooks' ? 'hook' : 'status line'} from ${file.path}, and ${missing} is not there.`,
              fix: 'Take it out: planward doctor --mend',
            },
          ],
    ),
  );
