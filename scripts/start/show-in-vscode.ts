import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installVscode } from '../../test/vscode/install-vscode.ts';
import type { Scratch } from '../../test/vscode/scratch.ts';
import { installExtension, startVscodeServer } from '../../test/vscode/server.ts';
import { vsixPath } from '../places.ts';
import { runCommand, type CommandRun } from '../run-command.ts';
import type { CleanUp } from './clean-up.ts';

/** The desktop `code` on PATH, undefined where there is none. A remote terminal's `code` cannot open a scratch profile and does not count. */
export function findDesktopCode(): string | undefined {
  if (process.env['VSCODE_IPC_HOOK_CLI'] !== undefined) return undefined;
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code', 'codium'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Opens a desktop VS Code with a profile of its own. Settles when that window is closed. */
export async function showOnDesktop(code: string, scratch: Scratch, signal: AbortSignal): Promise<void> {
  const profile = ['--user-data-dir', scratch.userData, '--extensions-dir', scratch.extensions];
  const run = (args: readonly string[], timeoutMs: number): Promise<CommandRun> =>
    runCommand(code, [...profile, ...args], { env: { PLANWARD_HOME: scratch.home }, timeoutMs, signal });
  const installed = await run(['--install-extension', vsixPath(), '--force'], 120_000);
  if (installed.code !== 0) throw new Error(`${code} did not install the extension:\n${installed.output}`);
  await run(['--new-window', '--wait', '--disable-workspace-trust', scratch.workspace], 24 * 3_600_000);
}

/** VS Code in the browser, for a machine without a desktop one. Gives the address to open. */
export async function serveInBrowser(
  scratch: Scratch,
  cleanUp: CleanUp,
  say: (line: string) => void,
): Promise<{ readonly url: string; readonly ended: Promise<unknown> }> {
  await installVscode(say);
  await installExtension(vsixPath(), scratch.userData, scratch.extensions);
  say('extension installed');
  const server = await startVscodeServer({ ...scratch, env: { PLANWARD_HOME: scratch.home }, endsUnused: false });
  cleanUp.add(() => server.stop());
  return { url: `${server.url}?folder=${scratch.workspace}`, ended: server.ended };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
