import type { CommandDeps } from './command-deps.ts';
import { isTaskFlag } from '../present/flag-words.ts';
import { pickFlag } from './pick-flag.ts';
import { sayDone, sayFailure } from './say-failure.ts';

/** Takes a flag away and teaches the relay that prompts like it are coding. */
export async function markAsCoding(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { t } = deps.voice;
  const flag = await pickFlag(deps, argument, t('Planward: mark as coding'), isTaskFlag);
  if (flag === undefined) return;
  const done = await deps.controls.settleFlag(flag.id, 'coding');
  if (!done.ok) return sayFailure(deps, t('The flag stands. {0}', done.message));
  sayDone(t('Marked as coding. Prompts like this are not flagged any more.'));
}
