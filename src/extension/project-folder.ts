import { workspace } from 'vscode';

/** Path of the folder this window shows; undefined without one, and where it is no folder of this machine (a virtual workspace). */
export function projectFolder(): string | undefined {
  const uri = workspace.workspaceFolders?.[0]?.uri;
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}
