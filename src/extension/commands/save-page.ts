import { homedir } from 'node:os';
import { Uri, window, workspace } from 'vscode';
import type { CommandDeps } from './command-deps.ts';
import { sayFailure } from './say-failure.ts';

/** Asks where a page shall be kept, writes it there and opens it. True where it was written. */
export async function savePage(
  deps: CommandDeps,
  page: { readonly title: string; readonly name: string; readonly kind: string; readonly text: string },
): Promise<boolean> {
  const { t } = deps.voice;
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const ending = page.name.slice(page.name.lastIndexOf('.') + 1);
  const target = await window.showSaveDialog({
    title: page.title,
    defaultUri: Uri.joinPath(folder, page.name),
    filters: { [page.kind]: [ending] },
    saveLabel: t('Save'),
  });
  if (target === undefined) return false;
  try {
    await workspace.fs.writeFile(target, Buffer.from(page.text));
  } catch (error) {
    sayFailure(deps, t('{0} was not written: {1}', target.fsPath, (error as Error).message));
    return false;
  }
  await window.showTextDocument(target, { preview: false });
  return true;
}
