import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';

const known = z.object({ homes: z.array(z.string()) });

/**
 * Homes of Planward beside the default one, kept in a file of the default one: who takes Planward away runs outside VS Code and
 * without its settings, and has to find the journal of every home in which an agent was connected.
 */
export function rememberHome(userHome: string, home: string): void {
  const folder = join(userHome, '.planward');
  if (resolve(home) === resolve(folder)) return;
  const homes = otherHomes(userHome);
  if (homes.includes(home)) return;
  try {
    const path = fileIn(folder);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${JSON.stringify({ homes: [...homes, home] }, undefined, 2)}\n`, { mode: 0o600 });
  } catch {
    // What is lost is a convenience of uninstalling; connecting goes on.
  }
}

/** Those that were remembered; none where the file is absent or says nothing. Never throws. */
export function otherHomes(userHome: string): readonly string[] {
  try {
    const parsed = known.safeParse(JSON.parse(readFileSync(fileIn(join(userHome, '.planward')), 'utf8')));
    return parsed.success ? parsed.data.homes : [];
  } catch {
    return [];
  }
}

function fileIn(folder: string): string {
  return join(folder, 'homes.json');
}
