import { window } from 'vscode';
import type { Disposable, LogOutputChannel, Memento } from 'vscode';
import { inVoice } from '../present/in-voice.ts';
import { plainText } from '../present/plain-text.ts';
import type { Voice } from '../present/voice.ts';
import type { State } from '../state.ts';

const REMEMBERED = 'notices.told';
const MOST_REMEMBERED = 100;

/**
 * Tells each of the relay's notices once: all of them in the log, errors as a notification as well. The tree shows them as
 * long as they stand. What was told is remembered over windows and restarts.
 */
export function createNotices(voice: Voice, state: State, log: LogOutputChannel, memory: Memento): Disposable {
  const logged = new Set<string>();
  return state.draw(({ snapshot, state: now }) => {
    if (snapshot === undefined || now !== 'live') return;
    for (const notice of snapshot.notices) {
      const key = `${notice.code}@${notice.at}`;
      if (logged.has(key)) continue;
      logged.add(key);
      const text = plainText(notice.text, 400);
      if (notice.severity === 'error') log.error(text);
      else if (notice.severity === 'warning') log.warn(text);
      else log.info(text);
      if (notice.severity === 'error') void tell(key, text);
    }
  });

  async function tell(key: string, text: string): Promise<void> {
    const told = memory.get<readonly string[]>(REMEMBERED, []);
    if (told.includes(key)) return;
    await memory.update(REMEMBERED, [...told, key].slice(-MOST_REMEMBERED));
    const showLog = voice.t('Show Log');
    if ((await window.showErrorMessage(plainText(inVoice(voice, text), 400), showLog)) === showLog) log.show();
  }
}
