import { commands, window } from 'vscode';
import type { Flag } from '../../core/flag.ts';
import { nameFlag } from '../present/flag-words.ts';
import { presentFlagActions } from '../present/transcript-flag.ts';
import type { CommandDeps } from './command-deps.ts';
import { pickFlag } from './pick-flag.ts';
import { sayDone } from './say-failure.ts';

/**
 * Offers what can be done about a flag: the one that is named, those of the turn under the cursor of a transcript (where VS Code
 * itself offers no quick fix, since nothing can be typed there), else one that is chosen.
 */
export async function actOnFlag(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state, transcripts } = deps;
  const { t } = voice;
  const here = argument === undefined ? transcripts.flagsHere() : undefined;
  if (here?.length === 0) return sayDone(t('No flag stands on this turn.'));
  const chosen = here ?? [await pickFlag(deps, argument, t('Planward: act on a flag'))];
  const userPacks = state.current().snapshot?.userPacks;
  const rows = chosen
    .filter((flag) => flag !== undefined)
    .flatMap((flag: Flag) =>
      presentFlagActions(voice, flag, userPacks).map(({ title, icon, command }) => ({
        label: `$(${icon}) ${title}`,
        description: nameFlag(voice, flag, userPacks),
        run: () => commands.executeCommand(command, flag.id),
      })),
    );
  if (rows.length === 0) return;
  const picked = await window.showQuickPick(rows, { title: t('Planward: act on a flag'), matchOnDescription: true });
  await picked?.run();
}
