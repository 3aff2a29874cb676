import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyPack } from '../core/policy-pack.ts';
import { readPolicyPack } from '../protocol/policy-pack-schema.ts';

/** Packs a user wrote: `policies/*.json` in the home. One that cannot be read is said and left out; no folder is no packs. */
export function readUserPacks(home: string, err: (text: string) => void): readonly PolicyPack[] {
  const folder = join(home, 'policies');
  let names: readonly string[];
  try {
    names = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted();
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    let text: string;
    try {
      text = readFileSync(join(folder, name), 'utf8');
    } catch (error) {
      err(`policy pack ${name} is left out: ${(error as Error).message}`);
      return [];
    }
    const reading = readPolicyPack(text);
    if (reading.ok) return [reading.pack];
    err(`policy pack ${name} is left out: ${reading.message}`);
    return [];
  });
}
