import { window } from 'vscode';
import { inVoice } from '../present/in-voice.ts';
import { plainText } from '../present/plain-text.ts';
import type { CommandDeps } from './command-deps.ts';

/**
 * Says that something was not done and why, with the log one press away. Does not wait for the user. What a relay, a file
 * or an agent said may stand in it: notifications would make links of it, the status bar icons.
 */
export function sayFailure({ voice, log }: Pick<CommandDeps, 'voice' | 'log'>, message: string): void {
  log.warn(plainText(message, 600));
  const plain = plainText(inVoice(voice, message), 600);
  const showLog = voice.t('Show Log');
  void Promise.resolve(window.showWarningMessage(plain, showLog)).then((chosen) => {
    if (chosen === showLog) log.show();
    return chosen;
  });
}

/** A word of confirmation where the eye is, gone by itself. */
export function sayDone(message: string): void {
  window.setStatusBarMessage(plainText(message, 200), 6000);
}
