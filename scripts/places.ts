import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Top folder of the clone. */
export const ROOT = dirname(import.meta.dirname);

/** What scripts make and may lose at any time: results, screenshots, the VS Code of the tests. */
export const CACHE = join(ROOT, '.cache');

/** The version in package.json. */
export function projectVersion(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** The packaged extension, as `npm run package` leaves it. */
export function vsixPath(): string {
  return join(ROOT, `planward-${projectVersion()}.vsix`);
}
