import { window } from 'vscode';
import type { CommandDeps } from './command-deps.ts';

/** Says that something was not done and why, with the log one press away. Does not wait for the user. */
export function sayFailure({ voice, log }: Pick<CommandDeps, 'voice' | 'log'>, message: string): void {
  log.warn(message);
  const showLog = voice.t('Show Log');
  void Promise.resolve(window.showWarningMessage(message, showLog)).then((chosen) => {
    if (chosen === showLog) log.show();
    return chosen;
  });
}

/** A word of confirmation where the eye is, gone by itself. */
export function sayDone(message: string): void {
  window.setStatusBarMessage(message, 6000);
}
