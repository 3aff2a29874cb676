import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Path of a result of this run, in a folder that git leaves alone. `at` is an ISO instant. */
export function resultFile(at: string, name: string): string {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${at.slice(0, 19).replaceAll(':', '-')}${name === '' ? '' : `-${name}`}.json`);
}
