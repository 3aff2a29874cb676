import { homedir, userInfo } from 'node:os';
import { env, version as editorVersion, window } from 'vscode';
import { presentDiagnostics } from '../present/diagnostics.ts';
import type { Voice } from '../present/voice.ts';
import { SETTINGS } from '../registry/settings.ts';
import { changedSettings, readPlace } from '../settings.ts';
import type { State } from '../state.ts';

/** Puts a report for an issue on the clipboard, without secrets and without the user's name. */
export async function copyDiagnostics(voice: Voice, state: State, version: string): Promise<void> {
  const report = presentDiagnostics({
    version,
    editor: `${env.appName} ${editorVersion} (${env.appHost})`,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    remote: env.remoteName?.split(/[+:]/)[0],
    home: readPlace().home,
    userHome: homedir(),
    userName: userName(),
    settings: changedSettings(SETTINGS.map(({ key }) => key)),
    connection: state.current(),
    now: Date.now(),
  });
  await env.clipboard.writeText(report);
  window.setStatusBarMessage(voice.t('Diagnostics copied. They hold no keys and no prompts.'), 5000);
}

/** Empty where the system does not know the user, as in some containers. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
