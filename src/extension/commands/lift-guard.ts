import { window } from 'vscode';
import { namePlan } from '../present/name-plan.ts';
import { guardOf, sayGuard } from '../present/guard-words.ts';
import type { CommandDeps } from './command-deps.ts';
import { setGuard } from './set-guard.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Lets requests go on that the user's own guard holds, until it would end by itself; or changes the guard. */
export async function liftGuard(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state, controls } = deps;
  const { t } = voice;
  const { snapshot } = state.current();
  const now = Date.now();
  const named = subjectOf(argument);
  const held = (snapshot?.accounts ?? []).flatMap((account) => {
    const guard = guardOf(snapshot!, account);
    const mine = named === undefined || `${account.providerId}/${account.accountKey}` === named;
    return guard === undefined || guard.lifted || !mine ? [] : [{ account, guard }];
  });
  if (held.length === 0) return sayDone(t('No guard holds anything now.'));
  const rows = held.flatMap(({ account, guard }) => [
    {
      label: t('Let requests of {0} go on', namePlan(account)),
      detail: sayGuard(voice, account, guard, now),
      account,
      lift: true,
    },
    { label: t('Change the guard of {0}…', namePlan(account)), account, lift: false },
  ]);
  const picked = await window.showQuickPick(rows, {
    title: t('Planward: lift a guard'),
    placeHolder: t('It stands again after the reset'),
  });
  if (picked === undefined) return;
  const { providerId, accountKey } = picked.account;
  if (!picked.lift) return await setGuard(deps, providerId);
  const done = await controls.lift(providerId, accountKey, 'guard');
  if (!done.ok) sayFailure(deps, t('The guard still holds. {0}', done.message));
  else sayDone(t('Requests of {0} go on.', namePlan(picked.account)));
}
