import { readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { PolicyPack } from '../core/policy-pack.ts';
import { readPolicyPack } from '../protocol/policy-pack-schema.ts';

/** A pack that was left out, in words for the user: which file, which line or field, what to do. */
export interface PackTrouble {
  readonly file: string;
  readonly message: string;
}

export interface UserPacks {
  /** Those of the home first, then in the order of the paths. */
  readonly packs: readonly PolicyPack[];
  readonly troubles: readonly PackTrouble[];
}

const MOST_BYTES = 1_000_000;
const MOST_FILES = 100;

/**
 * Packs a user wrote: `policies/*.json` of the home, and the files and folders (their `*.json`) of `paths`, absolute or
 * beginning with `~/`. One that cannot be read is told and left out; a home without the folder has none. Never throws.
 */
export function readUserPacks(home: string, paths: readonly string[]): UserPacks {
  const packs: PolicyPack[] = [];
  const troubles: PackTrouble[] = [];
  const own = join(home, 'policies');
  const files = [
    ...(kindOf(own) === 'folder' ? jsonIn(own, troubles) : []),
    ...paths.flatMap((path) => find(path, troubles)),
  ];
  for (const file of [...new Set(files)].slice(0, MOST_FILES)) {
    const text = read(file, troubles);
    if (text === undefined) continue;
    const reading = readPolicyPack(text);
    if (!reading.ok) {
      const advice = 'Correct it; the schema policy-pack.schema.json offers every field in an editor.';
      troubles.push({ file, message: `${reading.message}. ${advice}` });
      continue;
    }
    if (packs.some(({ id }) => id === reading.pack.id)) {
      troubles.push({
        file,
        message: `id: another file has the pack "${reading.pack.id}" already. Give one of them another id.`,
      });
      continue;
    }
    packs.push(reading.pack);
  }
  return { packs, troubles };
}

function find(given: string, troubles: PackTrouble[]): readonly string[] {
  const path = given.startsWith('~/') ? join(homedir(), given.slice(2)) : given;
  if (!isAbsolute(path)) {
    troubles.push({ file: given, message: 'the path is relative. Write it from the root, or from your home with ~/.' });
    return [];
  }
  const kind = kindOf(path);
  if (kind === 'folder') return jsonIn(path, troubles);
  if (kind === 'file') return [path];
  troubles.push({
    file: path,
    message: 'there is no such file or folder. Correct the path, or take it out of the setting.',
  });
  return [];
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

function jsonIn(folder: string, troubles: PackTrouble[]): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => join(folder, name));
  } catch (error) {
    troubles.push({
      file: folder,
      message: `the folder cannot be read (${(error as Error).message}). Check its rights.`,
    });
    return [];
  }
}

function read(file: string, troubles: PackTrouble[]): string | undefined {
  try {
    if (statSync(file).size > MOST_BYTES) throw new Error('it is larger than 1 MB');
    return readFileSync(file, 'utf8');
  } catch (error) {
    troubles.push({ file, message: `it cannot be read (${(error as Error).message}). Check the file and its rights.` });
    return undefined;
  }
}
