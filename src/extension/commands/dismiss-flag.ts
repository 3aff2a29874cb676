import type { CommandDeps } from './command-deps.ts';
import { pickFlag } from './pick-flag.ts';
import { sayDone, sayFailure } from './say-failure.ts';

/** Takes a flag away. Nothing is learned from it. */
export async function dismissFlag(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { t } = deps.voice;
  const flag = await pickFlag(deps, argument, t('Planward: dismiss a flag'));
  if (flag === undefined) return;
  const done = await deps.controls.settleFlag(flag.id, 'dismiss');
  if (!done.ok) return sayFailure(deps, t('The flag stands. {0}', done.message));
  sayDone(t('The flag is dismissed.'));
}
