import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readFile, writeFile } from './config-file.ts';

const entry = z.object({
  agentId: z.string(),
  /** What our profile in the agent's own extension is called, and the address in it. */
  profile: z.string(),
  url: z.string(),
  /** The profile that was current before; absent where there was none. */
  before: z.string().optional(),
  at: z.number(),
});
export type ProfileEntry = z.infer<typeof entry>;

/** Profiles that were made for agents in their own extensions, in `agent-profiles.json` of the home, until they are taken back. */
export function profileEntries(home: string): readonly ProfileEntry[] {
  try {
    return z.array(entry).parse(JSON.parse(readFileSync(fileIn(home), 'utf8')));
  } catch {
    return [];
  }
}

/** Replaces what is remembered. Throws where the home cannot be written. */
export function keepProfileEntries(home: string, entries: readonly ProfileEntry[]): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const read = readFile(fileIn(home));
  if (!read.ok) throw new Error(read.message);
  const written = writeFile(read.file, `${JSON.stringify(entries, undefined, 2)}\n`);
  if (!written.ok) throw new Error(written.message);
}

function fileIn(home: string): string {
  return join(home, 'agent-profiles.json');
}
