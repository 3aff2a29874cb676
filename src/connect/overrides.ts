import { dirname } from 'node:path';
import type { Agent } from '../core/agent.ts';
import type { Places } from '../core/connection.ts';
import { readFile } from './config-file.ts';
import { readConfig } from './config-text.ts';
import { valueAt } from './key-path.ts';

/** Something that wins over an agent's own file. */
export interface FoundOverride {
  /** The file, or the name of a variable. */
  readonly where: string;
  /** The address it names; undefined for a variable whose content is not looked at. */
  readonly url: string | undefined;
}

const MOST_FOLDERS = 40;

/** Files of the project and of the machine, and variables, that name another base URL than the user's own file. Never throws. */
export function findOverrides({ connection }: Agent, places: Places, folder?: string): readonly FoundOverride[] {
  if (connection === undefined) return [];
  const own = new Set(connection.files(places).map(({ path }) => path));
  const inFolders = (folder === undefined ? [] : foldersUp(folder, places.userHome)).flatMap((each) =>
    connection.projectOverrides(each, places),
  );
  const files = [...inFolders, ...(connection.machineOverrides?.(places) ?? [])].flatMap(({ path, format, keys }) => {
    const read = own.has(path) ? undefined : readFile(path);
    const config = read?.ok === true && read.file.exists ? readConfig(read.file.text, format) : undefined;
    if (config?.ok !== true) return [];
    const url = keys.map((key) => valueAt(config.value, key)).find((value) => typeof value === 'string');
    return url === undefined ? [] : [{ where: path, url }];
  });
  const variables = connection.overridingVariables.filter((name) => (places.env[name] ?? '') !== '');
  return [...files, ...variables.map((name) => ({ where: name, url: undefined }))];
}

/** The folder and those around it, without the user's home and what is above it. */
function foldersUp(folder: string, userHome: string): readonly string[] {
  const folders: string[] = [];
  for (let at = folder; folders.length < MOST_FOLDERS && at !== userHome; at = dirname(at)) {
    if (dirname(at) === at) break;
    folders.push(at);
  }
  return folders;
}
