import { commands, env } from 'vscode';

/**
 * VS Code's settings page, filtered to `query` or to all of ours. In a remote window the remote's page: settings of the
 * machine where the relay runs are shown only there.
 */
export async function openSettings(extensionId: string, query: unknown): Promise<void> {
  const filter = typeof query === 'string' && query.startsWith('planward.') ? query : `@ext:${extensionId}`;
  if (env.remoteName === undefined) await commands.executeCommand('workbench.action.openSettings', filter);
  else await commands.executeCommand('workbench.action.openRemoteSettings', { jsonEditor: false, query: filter });
}
