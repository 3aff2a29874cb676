// Run by VS Code after the extension was uninstalled, without VS Code's API: no agent may be left pointed at a relay that
// nobody starts any more. It exits with 0 whatever happens; VS Code would only log another code.
import { agents } from '../agents/list.ts';
import { fetchSettings, patchSettings } from '../client/call-relay.ts';
import { findRelay } from '../client/find-relay.ts';
import { profileEntries } from '../connect/agent-profiles.ts';
import { restoreEditorFiles } from '../connect/editor-settings.ts';
import { otherHomes } from '../connect/known-homes.ts';
import { restoreAll } from '../connect/restore-all.ts';
import { changeRoutedAgents } from '../connect/routed-agents.ts';
import type { Places } from '../core/connection.ts';
import { homeFolder } from '../protocol/home.ts';
import { placesHere } from './places.ts';

async function uninstall(): Promise<void> {
  const places = placesHere();
  const own = homeFolder(process.env, places.userHome);
  const homes = [own, ...otherHomes(places.userHome)].filter((home, i, all) => all.indexOf(home) === i);
  for (const home of homes) await leave(home, places, home === homes.at(-1));
}

/** Addresses that no journal knows of are looked for once all journals were. */
async function leave(home: string, places: Places, last: boolean): Promise<void> {
  const { files, shells, journal } = restoreAll({ home, places, agents, now: Date.now(), strays: last });
  for (const path of restoreEditorFiles(home)) console.log(`${path}: restored`);
  for (const { agentId, profile } of profileEntries(home))
    console.log(`${agentId}: choose another profile than ${profile} in its settings`);
  for (const { path, trouble } of files)
    console.log(trouble === undefined ? `${path}: restored` : `${path}: ${trouble.message}`);
  for (const { file, line, url } of shells) console.log(`${file}:${line} still names ${url}`);
  if (journal !== undefined) console.log(`the journal could not be read: ${journal}`);
  const kept = files.flatMap(({ agentId, trouble }) => (trouble === undefined ? [] : [agentId]));
  await releaseRelay(home, kept);
}

/** Without a routed agent the relay ends by itself once it is idle; requests under way are finished. */
async function releaseRelay(home: string, kept: readonly string[]): Promise<void> {
  const found = await findRelay(home);
  if (!found.ok) {
    changeRoutedAgents(home, () => kept);
    return;
  }
  const settings = await fetchSettings(found.endpoint);
  if (settings.ok) await patchSettings(found.endpoint, { routedAgents: [...kept] });
}

uninstall().catch((error: unknown) => console.error(String(error)));
