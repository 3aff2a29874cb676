import type { AgentConnection, ConfigFile, Slot } from '../core/connection.ts';
import type { Text } from '../core/text.ts';
import { BUILT_IN_URLS, CATALOGUE_IDS, CATALOGUE_URLS } from './built-in-urls.ts';
import { variable, xdgConfig } from './config-folder.ts';
import { asRecord, asText } from './conversation.ts';

/** What differs between OpenCode and its forks. */
export interface OpenCodeFamily {
  /** `OPENCODE`: first part of its variables. */
  readonly variables: string;
  /** Folder under the configuration folder. */
  readonly folder: string;
  /** Names of its global file, first choice first. */
  readonly names: readonly string[];
  /** Name of a file that is made. */
  readonly made: string;
  /** The same for a project folder, with sub-folders. */
  readonly projectNames: readonly string[];
  readonly costs: readonly Text[];
  readonly restart: Text;
}

/** `provider.<id>.options.baseURL`; without it the id's own address from the catalogue is used. */
export function openCodeConnection(family: OpenCodeFamily): AgentConnection {
  const content = `${family.variables}_CONFIG_CONTENT`;
  return {
    files(places) {
      const file = variable(places, `${family.variables}_CONFIG`);
      if (file !== undefined) return [{ path: file, format: 'jsonc' }];
      const folder = variable(places, `${family.variables}_CONFIG_DIR`) ?? `${xdgConfig(places)}/${family.folder}`;
      const names = [...family.names, family.made];
      return names.map((name): ConfigFile => ({ path: `${folder}/${name}`, format: 'jsonc' }));
    },
    mayCreate: true,
    slots: openCodeSlots,
    directUrls: CATALOGUE_URLS,
    addSlot: (providerId) => {
      const id = CATALOGUE_IDS[providerId];
      return id === undefined ? undefined : slotPath(id);
    },
    costs: family.costs,
    restart: family.restart,
    overridingVariables: [content],
    projectOverrides: (folder) =>
      family.projectNames.map((name) => ({
        path: `${folder}/${name}`,
        format: 'jsonc',
        keys: Object.keys(BUILT_IN_URLS).map(slotPath),
      })),
    byHand: (_url) => [],
  };
}

export function openCodeSlots(config: unknown): readonly Slot[] {
  const root = asRecord(config);
  const providers = asRecord(root['provider']);
  const named = [root['model'], root['small_model']].map((model) => asText(model).split('/')[0]!);
  const ids = new Set([...Object.keys(providers), ...named.filter((id) => BUILT_IN_URLS[id] !== undefined)]);
  return [...ids].map((id) => {
    const current = asText(asRecord(asRecord(providers[id])['options'])['baseURL']);
    return {
      path: slotPath(id),
      label: `provider ${id}`,
      current: current === '' ? undefined : current,
      direct: BUILT_IN_URLS[id],
      inUse: true,
    };
  });
}

function slotPath(id: string): readonly string[] {
  return ['provider', id, 'options', 'baseURL'];
}

/** Where a list of places keeps a project's own settings folder. */
export function inProject(names: readonly string[], folder: string): readonly string[] {
  return [...names, ...names.map((name) => `${folder}/${name}`)];
}
