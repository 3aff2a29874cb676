import { ConfigurationTarget, workspace } from 'vscode';

/** Turns what is used into what is left and back, where the user set it: in the folder's settings, else in the user's own. */
export async function flipUsage(): Promise<void> {
  const settings = workspace.getConfiguration('planward');
  const here = settings.inspect<boolean>('meter.showRemaining')?.workspaceValue;
  const target = here === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await settings.update('meter.showRemaining', !settings.get('meter.showRemaining', false), target);
}
