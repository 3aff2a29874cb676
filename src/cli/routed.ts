import { fetchSettings, patchSettings } from '../client/call-relay.ts';
import { findRelay } from '../client/find-relay.ts';
import { changeRoutedAgents, type RoutedWritten } from '../connect/routed-agents.ts';

/**
 * Changes the list of agents for which the relay stays: a running relay is asked, else its settings file is changed.
 * Never throws.
 */
export async function changeRouted(
  home: string,
  change: (agents: readonly string[]) => readonly string[],
): Promise<RoutedWritten> {
  const found = await findRelay(home);
  if (!found.ok) return changeRoutedAgents(home, change);
  const settings = await fetchSettings(found.endpoint);
  if (!settings.ok) return settings;
  const before = settings.value.routedAgents;
  const after = change(before);
  if (after.join('\0') === before.join('\0')) return { ok: true };
  return await patchSettings(found.endpoint, { routedAgents: [...after] });
}
