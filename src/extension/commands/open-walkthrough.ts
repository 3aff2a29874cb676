import { commands } from 'vscode';
import { WALKTHROUGH } from '../registry/walkthrough.ts';

export async function openWalkthrough(extensionId: string): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#${WALKTHROUGH.id}`, false);
}
