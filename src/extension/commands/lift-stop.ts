import { window } from 'vscode';
import { nameProvider } from '../present/exchange-words.ts';
import { formatInstant } from '../present/instant.ts';
import { plainText } from '../present/plain-text.ts';
import type { CommandDeps } from './command-deps.ts';
import { explainCodeOf } from './explain-code.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Lets a key's traffic go on that was stopped after a policy stop; what that means is said first. */
export async function liftStop(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state, controls } = deps;
  const { t } = voice;
  const { snapshot } = state.current();
  const stopped = snapshot?.stopped ?? [];
  const named = subjectOf(argument);
  const choices = stopped.filter(
    ({ providerId, accountKey }) => named === undefined || `${providerId}/${accountKey}` === named,
  );
  if (choices.length === 0) return sayDone(t('No key is stopped.'));
  const now = Date.now();
  const rows = choices.flatMap((stop) => {
    const name = nameProvider(snapshot, stop.providerId);
    const key = plainText(stop.accountKey.slice(0, 4), 8);
    const detail = t('Stopped after error {0}, {1}', plainText(stop.code, 24), formatInstant(voice, stop.since, now));
    return [
      { label: t('Let requests to {0} (key {1}) go on', name, key), detail, stop, lift: true },
      { label: t('What does error {0} mean?', plainText(stop.code, 24)), stop, lift: false },
    ];
  });
  const picked = await window.showQuickPick(rows, {
    title: t('Planward: lift a stopped key'),
    placeHolder: t('More requests after a policy stop can make it last longer'),
  });
  if (picked === undefined) return;
  const { providerId, accountKey, code } = picked.stop;
  if (!picked.lift) return await explainCodeOf(deps, code, providerId);
  const done = await controls.lift(providerId, accountKey);
  if (!done.ok) sayFailure(deps, t('The key is still stopped. {0}', done.message));
  else sayDone(t('Requests to {0} go on.', nameProvider(snapshot, providerId)));
}
