import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Judge } from '../scope/judge.ts';
import { openPackedJudge } from './model-file.ts';

/**
 * What the bundles hold in place of `scope/open-judge.ts`: the model lies beside the programs once, as data, and is not in each
 * of them. The relay's copy in the home has a copy of its own, `relay-<version>.bin`. Throws where there is none.
 */
export function openJudge(): Judge {
  const own = __filename.replace(/\.cjs$/, '.bin');
  return openPackedJudge(existsSync(own) ? own : join(__dirname, 'scope-model.bin'));
}
