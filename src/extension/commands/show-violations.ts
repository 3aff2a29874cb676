import { commands } from 'vscode';

/** Opens the view with the keyboard in it. */
export async function showViolations(): Promise<void> {
  await commands.executeCommand('planward.violations.focus');
}
