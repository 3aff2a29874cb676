import type { LogOutputChannel, Memento } from 'vscode';
import { TERMINAL_ROUTES } from '../agents/terminal-routes.ts';
import { fetchSettings, patchSettings } from '../client/call-relay.ts';
import { openJournal } from '../connect/journal.ts';
import type { Endpoint } from '../protocol/endpoint.ts';
import type { RelaySettings, RelaySettingsPatch } from '../protocol/relay-settings.ts';
import { readPlace, readRelayPatch, readRoute } from './settings.ts';

const ROUTED_BY_US = 'routedByTerminals';

/**
 * Brings the relay's settings in line with VS Code's. Only what differs is sent, so that many windows agree quietly.
 * `reset` names settings the user has just taken back. Never throws; what the relay refuses goes to the log.
 */
export async function pushSettings(
  endpoint: Endpoint,
  reset: ReadonlySet<string>,
  memory: Memento,
  log: LogOutputChannel,
): Promise<void> {
  const now = await fetchSettings(endpoint);
  if (!now.ok) {
    log.warn(`settings not sent: ${now.message}`);
    return;
  }
  const ours = memory.get<readonly string[]>(ROUTED_BY_US, []);
  const routes = TERMINAL_ROUTES.filter((route) => readRoute(route) !== 'off').map(({ agentId }) => agentId);
  // An agent that its own settings file points at the relay stays, whatever terminals do.
  const kept = [...routes, ...connectedAgents(log).filter((agent) => now.value.routedAgents.includes(agent))];
  const routed = routedAgents(now.value.routedAgents, ours, [...new Set(kept)]);
  const wanted = { ...readRelayPatch(reset), routedAgents: routed };
  const patch = difference(now.value, wanted);
  if (Object.keys(patch).length > 0) {
    const sent = await patchSettings(endpoint, patch);
    if (sent.ok) log.info(`settings sent to the relay: ${Object.keys(patch).join(', ')}`);
    else log.warn(`the relay did not take the settings ${Object.keys(patch).join(', ')}: ${sent.message}`);
    if (!sent.ok) return;
  }
  if (ours.join() !== routes.join()) await memory.update(ROUTED_BY_US, routes);
}

/** Agents in the connection journal; none where it cannot be read. */
function connectedAgents(log: LogOutputChannel): readonly string[] {
  try {
    return openJournal(readPlace().home)
      .open()
      .filter(({ what }) => what === undefined)
      .map(({ agentId }) => agentId);
  } catch (error) {
    log.warn(`the connection journal cannot be read: ${String(error)}`);
    return [];
  }
}

/** The relay's list with our own agents put in, and those we put in earlier taken out; others' entries stay. */
export function routedAgents(listed: readonly string[], before: readonly string[], now: readonly string[]): string[] {
  const others = listed.filter((agent) => !before.includes(agent) && !now.includes(agent));
  return [...others, ...now];
}

/** The keys of `wanted` whose value differs from what is in force. */
export function difference(inForce: RelaySettings, wanted: RelaySettingsPatch): RelaySettingsPatch {
  const differs = Object.entries(wanted).filter(
    ([key, value]) => canonical(inForce[key as keyof RelaySettings]) !== canonical(value),
  );
  return Object.fromEntries(differs);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(String).toSorted((a, b) => a.localeCompare(b)));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b)));
}
