import { directUrlOf, PROVIDER_ORIGINS, readRelayUrl, type ProviderOrigin } from '../agents/relay-url.ts';
import type { Agent } from '../core/agent.ts';
import type { Places } from '../core/connection.ts';
import { readAgentFile } from './agent-file.ts';
import { writeFile, type FileReading } from './config-file.ts';
import { editConfig } from './config-text.ts';

/** Addresses of relays in an agent's file that no journal knows of, and the file without them. */
export interface StrayPlan {
  readonly file: FileReading;
  readonly text: string;
  readonly changes: readonly { readonly label: string; readonly before: string; readonly after: string }[];
}

/**
 * Plans how relay addresses that nobody remembers (written by hand, journal lost) become the provider's own. Undefined
 * where there are none, or the file cannot be changed. Never throws.
 */
export function planStrays(
  agent: Agent,
  places: Places,
  origins: readonly ProviderOrigin[] = PROVIDER_ORIGINS,
): StrayPlan | undefined {
  const read = readAgentFile(agent, places);
  if (!read.ok || !read.found.file.exists || read.found.file.readOnly) return undefined;
  const { file, format, slots } = read.found;
  let { text } = file;
  const changes: { label: string; before: string; after: string }[] = [];
  for (const { path, label, current } of slots) {
    const relay = current === undefined ? undefined : readRelayUrl(current);
    const direct = relay === undefined ? undefined : directUrlOf(relay, origins);
    if (current === undefined || direct === undefined) continue;
    const edited = editConfig(text, format, path, direct);
    if (!edited.ok) continue;
    text = edited.text;
    changes.push({ label, before: current, after: direct });
  }
  return changes.length === 0 ? undefined : { file, text, changes };
}

export function restoreStrays({ file, text }: StrayPlan): ReturnType<typeof writeFile> {
  return writeFile(file, text);
}
