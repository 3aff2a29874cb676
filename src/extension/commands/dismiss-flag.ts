import { window } from 'vscode';
import type { CommandDeps } from './command-deps.ts';
import { pickFlag } from './pick-flag.ts';
import { sayDone, sayFailure } from './say-failure.ts';

const LONGEST = 200;

/** Takes a flag away, with a reason if the user has one. Nothing is learned from it. */
export async function dismissFlag(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { t } = deps.voice;
  const flag = await pickFlag(deps, argument, t('Planward: dismiss a flag'));
  if (flag === undefined) return;
  const reason = await chooseReason(deps);
  if (reason === undefined) return;
  const done = await deps.controls.settleFlag(flag.id, 'dismiss', reason === '' ? undefined : reason);
  if (!done.ok) return sayFailure(deps, t('The flag stands. {0}', done.message));
  sayDone(t('The flag is dismissed.'));
}

/** A reason, empty for none; undefined where the user went away. The first row is none, so that Enter alone dismisses. */
async function chooseReason({ voice }: CommandDeps): Promise<string | undefined> {
  const { t } = voice;
  const title = t('Planward: why is it dismissed');
  const given = [
    t('It was wrong: this is inside the terms'),
    t('It was a test'),
    t('I know the rule and accept the risk'),
    t('It was a mistake and will not be repeated'),
  ].map((label) => ({ label, reason: label }));
  const own = { label: t('Another reason…'), reason: undefined };
  const picked = await window.showQuickPick([{ label: t('No reason'), reason: '' }, ...given, own], {
    title,
    placeHolder: t('Kept with the flag on this machine, for reports and appeals'),
  });
  if (picked !== own) return picked?.reason;
  const typed = await window.showInputBox({
    title,
    prompt: t('At most 200 characters; no prompt text, please'),
    validateInput: (value) => (value.length > LONGEST ? t('At most 200 characters') : undefined),
  });
  return typed?.trim();
}
