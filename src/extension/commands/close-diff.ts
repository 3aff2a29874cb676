import { TabInputTextDiff, window } from 'vscode';
import type { Uri } from 'vscode';

/** Closes the diff that shows this text on its right side, wherever it is. */
export async function closeDiff(modified: Uri): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(
    ({ input }) => input instanceof TabInputTextDiff && input.modified.toString() === modified.toString(),
  );
  await window.tabGroups.close(ours, true);
}
