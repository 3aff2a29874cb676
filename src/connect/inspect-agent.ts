import { PROVIDER_ORIGINS, readDirectUrl, readRelayUrl, type ProviderOrigin } from '../agents/relay-url.ts';
import type { Agent } from '../core/agent.ts';
import type { Places } from '../core/connection.ts';
import { readAgentFile } from './agent-file.ts';
import { findOverrides, type FoundOverride } from './overrides.ts';

/** Where one base URL of an agent leads. */
export interface Address {
  readonly label: string;
  readonly url: string;
  readonly leads: 'relay' | 'direct' | 'elsewhere';
  /** Undefined where it leads elsewhere. */
  readonly providerId: string | undefined;
  /** Of the relay it leads to. */
  readonly port: number | undefined;
}

/**
 * How an agent stands on this machine.
 * - `connected`: an address in use leads to a relay.
 * - `direct`: it has a file, and none does.
 * - `by-hand`: there is no file to look at.
 * - `absent`: nothing of it was found here.
 * - `unreadable`: `message` says why.
 */
export interface AgentState {
  readonly agentId: string;
  readonly name: string;
  readonly state: 'connected' | 'direct' | 'by-hand' | 'absent' | 'unreadable';
  /** Absent where there is none to look at. */
  readonly file: string | undefined;
  readonly addresses: readonly Address[];
  readonly overrides: readonly FoundOverride[];
  readonly message: string | undefined;
}

/** Reads how an agent stands. `folder` is the project whose own settings are looked at too. Writes nothing, never throws. */
export function inspectAgent(
  agent: Agent,
  places: Places,
  options: { readonly folder?: string; readonly origins?: readonly ProviderOrigin[] } = {},
): AgentState {
  const base = { agentId: agent.id, name: agent.name, addresses: [], message: undefined };
  const overrides = findOverrides(agent, places, options.folder);
  const read = readAgentFile(agent, places);
  if (!read.ok) {
    if (read.reason === 'none') return { ...base, state: 'by-hand', file: undefined, overrides };
    const file = agent.connection?.files(places)[0]?.path;
    return { ...base, state: 'unreadable', file, overrides, message: read.message };
  }
  const { file, slots } = read.found;
  if (!file.exists) return { ...base, state: 'absent', file: file.path, overrides };
  const origins = [...(options.origins ?? []), ...PROVIDER_ORIGINS];
  const addresses = slots.flatMap(({ label, current }): Address[] =>
    current === undefined ? [] : [{ label, url: current, ...leadsTo(current, origins) }],
  );
  const connected = addresses.some(({ leads }) => leads === 'relay');
  return { ...base, state: connected ? 'connected' : 'direct', file: file.path, addresses, overrides };
}

function leadsTo(url: string, origins: readonly ProviderOrigin[]): Pick<Address, 'leads' | 'providerId' | 'port'> {
  const relay = readRelayUrl(url);
  if (relay !== undefined) return { leads: 'relay', providerId: relay.providerId, port: relay.port };
  const direct = readDirectUrl(url, origins);
  return { leads: direct === undefined ? 'elsewhere' : 'direct', providerId: direct?.providerId, port: undefined };
}
