import { window } from 'vscode';
import type { Flag } from '../../core/flag.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { nameAgent } from '../present/exchange-words.ts';
import { nameFlag } from '../present/flag-words.ts';
import { formatInstant } from '../present/instant.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** The flag a row or a button names, or the one the user chooses; undefined where there is none or they went away. */
export async function pickFlag(
  { voice, state }: CommandDeps,
  argument: unknown,
  title: string,
  fits: (flag: Flag, userPacks: Snapshot['userPacks']) => boolean = () => true,
): Promise<Flag | undefined> {
  const { t } = voice;
  const { snapshot } = state.current();
  const flags = (snapshot?.flags ?? []).filter((flag) => fits(flag, snapshot?.userPacks));
  const named = subjectOf(argument);
  if (named !== undefined) {
    const flag = flags.find(({ id }) => id === named);
    if (flag === undefined) sayDone(t('This flag is settled already.'));
    return flag;
  }
  if (snapshot === undefined || flags.length === 0) {
    sayDone(t('There is no open flag.'));
    return undefined;
  }
  const picked = await window.showQuickPick(
    flags.map((flag) => ({
      label: nameFlag(voice, flag, snapshot.userPacks),
      description: `${nameAgent(snapshot, flag.agentId) ?? t('Unrecognised agent')} · ${formatInstant(voice, flag.at, Date.now())}`,
      flag,
    })),
    { title, matchOnDescription: true },
  );
  return picked?.flag;
}
