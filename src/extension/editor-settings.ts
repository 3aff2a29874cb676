import { join } from 'node:path';
import { ConfigurationTarget, workspace } from 'vscode';
import {
  editorEntries,
  isOurs,
  keepEditorEntries,
  planEditorSettings,
  type EditorChange,
  type EditorEntry,
} from '../connect/editor-settings.ts';
import type { Agent } from '../core/agent.ts';
import type { RelayPlace } from './connection-plans.ts';

/** What has to change in VS Code's settings for an agent's own extension; nothing where that is not installed. */
export function editorChanges(agent: Agent, relay: RelayPlace): readonly EditorChange[] {
  const settings = agent.connection?.editorSettings;
  if (settings === undefined) return [];
  const section = workspace.getConfiguration(settings.section);
  const keys = [settings.environment, ...settings.switches].filter((key) => isKnown(section.inspect(key)));
  const current = Object.fromEntries(keys.map((key) => [key, section.inspect(key)?.globalValue]));
  const changes = planEditorSettings(settings, current, {
    agentId: agent.id,
    origin: relay.origin,
    origins: relay.gateways,
  });
  return changes.filter(({ key }) => keys.includes(key));
}

/** Writes them through VS Code, each after it was noted what stood there. Rejects where VS Code refuses. */
export async function changeEditorSettings(
  agent: Agent,
  relay: RelayPlace,
  changes: readonly EditorChange[],
  storage: string,
): Promise<void> {
  const settings = agent.connection?.editorSettings;
  if (settings === undefined) return;
  const files = [
    join(storage, '..', '..', 'settings.json'),
    join(storage, '..', '..', '..', 'Machine', 'settings.json'),
  ];
  for (const { key, before, after } of changes) {
    const { section } = settings;
    const noted: EditorEntry = { agentId: agent.id, section, key, before, after, at: Date.now(), files };
    keepEditorEntries(relay.home, [...editorEntries(relay.home), noted]);
    await workspace.getConfiguration(section).update(key, after, ConfigurationTarget.Global);
  }
}

/** Takes back what is still as it was made, of one agent or of all. What cannot be written stays noted. Never rejects. */
export async function restoreEditorSettings(home: string, agentId?: string): Promise<readonly string[]> {
  const kept: EditorEntry[] = [];
  const back: string[] = [];
  for (const entry of editorEntries(home).toReversed()) {
    const mine = agentId === undefined || entry.agentId === agentId;
    const section = workspace.getConfiguration(entry.section);
    if (!mine) kept.push(entry);
    else if (isOurs(entry, section.inspect(entry.key)?.globalValue)) {
      try {
        await section.update(entry.key, entry.before ?? undefined, ConfigurationTarget.Global);
        back.push(`${entry.section}.${entry.key}`);
      } catch {
        kept.push(entry);
      }
    }
  }
  try {
    if (editorEntries(home).length > 0) keepEditorEntries(home, kept.toReversed());
  } catch {
    // What stays noted is found to be done the next time.
  }
  return back;
}

/** VS Code knows a default for settings that some extension declares, null among them. */
function isKnown(inspected: { readonly defaultValue?: unknown } | undefined): boolean {
  return inspected !== undefined && 'defaultValue' in inspected && inspected.defaultValue !== undefined;
}
