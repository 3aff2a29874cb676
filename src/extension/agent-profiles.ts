import { extensions } from 'vscode';
import { findAgent } from '../agents/list.ts';
import { keepProfileEntries, profileEntries, type ProfileEntry } from '../connect/agent-profiles.ts';
import type { EditorProfiles } from '../core/connection.ts';

/** What an agent's extension offers to others for its profiles. Methods that may be missing in other versions are asked for first. */
interface ProfileApi {
  getProfiles(): readonly string[];
  getActiveProfile(): string | undefined;
  upsertProfile(name: string, profile: Readonly<Record<string, unknown>>, activate: boolean): Promise<unknown>;
  setActiveProfile(name: string): Promise<unknown>;
  deleteProfile(name: string): Promise<unknown>;
  getProfileEntry?(name: string): unknown;
  getConfiguration?(): unknown;
}

/** Profiles of an agent's own extension, where that is installed and offers them. */
export interface AgentProfiles {
  /** The one in use. */
  active(): string | undefined;
  /** Why ours cannot be made, as a plain sentence; undefined where it can. */
  inTheWay(): 'taken' | undefined;
  /** Makes ours and makes it the current one; what was current is noted first. Rejects where the extension or the disk refuses. */
  make(providerId: string, url: string, key: string | undefined): Promise<void>;
  /** Makes the profile from before current again and deletes ours. What the user made of it since stays. Never rejects. */
  takeBack(): Promise<boolean>;
}

/** Undefined where the agent's extension is not installed or offers no profiles. Starts that extension. Never rejects. */
export async function profilesOf(agentId: string, home: string): Promise<AgentProfiles | undefined> {
  const offered = findAgent(agentId)?.connection?.editorProfiles;
  const api = offered === undefined ? undefined : await apiOf(offered.extensionId);
  if (offered === undefined || api === undefined) return undefined;
  const entryOf = (): ProfileEntry | undefined => profileEntries(home).find((each) => each.agentId === agentId);
  const keep = (mine: ProfileEntry | undefined): void => {
    const others = profileEntries(home).filter((each) => each.agentId !== agentId);
    keepProfileEntries(home, mine === undefined ? others : [...others, mine]);
  };
  return {
    active: () => api.getActiveProfile(),
    inTheWay: () => (entryOf() === undefined && api.getProfiles().includes(offered.name) ? 'taken' : undefined),
    async make(providerId, url, key) {
      const active = api.getActiveProfile();
      const before = active === offered.name ? entryOf()?.before : active;
      const model = before === undefined ? undefined : modelIn(api.getProfileEntry?.(before));
      keep({ agentId, profile: offered.name, url, ...(before === undefined ? {} : { before }), at: Date.now() });
      await api.upsertProfile(offered.name, offered.profile(providerId, url, { key, model }), true);
    },
    async takeBack() {
      const mine = entryOf();
      if (mine === undefined) return false;
      try {
        const used = api.getActiveProfile() === mine.profile;
        if (used && changedSince(api, offered, mine)) {
          keep(undefined);
          return false;
        }
        const { before } = mine;
        if (used && before !== undefined && api.getProfiles().includes(before)) await api.setActiveProfile(before);
        if (api.getProfiles().includes(mine.profile)) await api.deleteProfile(mine.profile);
        keep(undefined);
        return true;
      } catch {
        return false; // stays noted
      }
    },
  };
}

/** Takes back every profile of ours, of one agent or of all. Gives the agents it was done for. Never rejects. */
export async function takeBackProfiles(home: string, agentId?: string): Promise<readonly string[]> {
  const back: string[] = [];
  for (const each of profileEntries(home)) {
    if (agentId !== undefined && each.agentId !== agentId) continue;
    const profiles = await profilesOf(each.agentId, home);
    if ((await profiles?.takeBack()) === true) back.push(each.agentId);
  }
  return back;
}

/** Only the current profile's settings are told; another address in it is the user's own. */
function changedSince(api: ProfileApi, offered: EditorProfiles, { url }: ProfileEntry): boolean {
  const told = api.getConfiguration?.();
  if (typeof told !== 'object' || told === null) return false;
  const now = offered.urlIn(told as Readonly<Record<string, unknown>>);
  return now !== undefined && now !== url;
}

async function apiOf(extensionId: string): Promise<ProfileApi | undefined> {
  const extension = extensions.getExtension<unknown>(extensionId);
  if (extension === undefined) return undefined;
  try {
    const api = (await extension.activate()) as Partial<Record<string, unknown>> | undefined;
    return NEEDED.every((name) => typeof api?.[name] === 'function') ? (api as unknown as ProfileApi) : undefined;
  } catch {
    return undefined;
  }
}

const NEEDED = [
  'getProfiles',
  'getActiveProfile',
  'upsertProfile',
  'setActiveProfile',
  'deleteProfile',
] as const satisfies readonly (keyof ProfileApi)[];

function modelIn(entry: unknown): string | undefined {
  const model = (entry as { readonly modelId?: unknown } | undefined)?.modelId;
  return typeof model === 'string' && model !== '' ? model : undefined;
}
