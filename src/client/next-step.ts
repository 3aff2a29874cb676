import { compareVersions } from '../protocol/endpoint.ts';
import type { Endpoint, Health } from '../protocol/endpoint.ts';
import type { FindResult } from './find-relay.ts';

/** What this program is and may do. */
export interface Standing {
  readonly version: string;
  /** It may start a relay: the setting says so, or the user just asked. */
  readonly mayStart: boolean;
  /** The user asked for a fresh relay. */
  readonly restart: boolean;
}

export type Step =
  | { readonly do: 'follow'; readonly endpoint: Endpoint; readonly health: Health }
  | { readonly do: 'replace'; readonly endpoint: Endpoint; readonly health: Health }
  | { readonly do: 'launch' }
  | {
      readonly do: 'wait';
      readonly state: 'starting' | 'lost' | 'unknown';
      readonly reason: 'draining' | 'other-protocol' | 'off';
    };

/**
 * What to do with what was found. First match wins:
 *
 * | found | step |
 * | --- | --- |
 * | a relay that is draining | wait: its successor is on the way |
 * | a relay, restart asked | replace |
 * | a relay older than us, and we may start one | replace (never the other way round) |
 * | a relay we can talk to | follow, whatever its version |
 * | a relay of another protocol | wait, state unknown |
 * | nobody of ours, and we may start one | launch |
 * | nobody of ours | wait, relay off |
 */
export function nextStep(found: FindResult, me: Standing): Step {
  const ours = found.ok || found.reason === 'other-protocol' ? found : undefined;
  if (ours === undefined) return me.mayStart ? { do: 'launch' } : { do: 'wait', state: 'lost', reason: 'off' };
  const { endpoint, health } = ours;
  if (health.draining) return { do: 'wait', state: 'starting', reason: 'draining' };
  const older = me.mayStart && compareVersions(health.version, me.version) < 0;
  if (me.restart || older) return { do: 'replace', endpoint, health };
  if (found.ok) return { do: 'follow', endpoint, health };
  return { do: 'wait', state: 'unknown', reason: 'other-protocol' };
}
