import { commands } from 'vscode';

/** VS Code's settings page, filtered to ours. */
export async function openSettings(extensionId: string): Promise<void> {
  await commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId}`);
}
