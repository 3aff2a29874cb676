import { basename } from 'node:path';
import { commands } from 'vscode';
import type { Uri } from 'vscode';
import { hideSecrets } from '../../connect/show-diff.ts';
import type { Agent } from '../../core/agent.ts';
import { presentConfirmation, type AddressChange } from '../present/connect-picks.ts';
import { closeDiff } from './close-diff.ts';
import type { CommandDeps } from './command-deps.ts';
import { pickFrom } from './pick-from.ts';

/** What a file of an agent's is and becomes. */
export interface ChangedFile {
  readonly file: { readonly path: string; readonly text: string };
  readonly text: string;
  readonly changes: readonly AddressChange[];
}

/** Shows what changes in an agent's files as diffs and asks; true where the user said yes. Writes nothing. */
export async function confirmFiles(
  { voice, pages }: CommandDeps,
  agent: Agent,
  title: string,
  files: readonly ChangedFile[],
): Promise<boolean> {
  const { t } = voice;
  const shown: Uri[] = [];
  for (const { file, text } of files) {
    const name = basename(file.path);
    const before = pages.put(`${agent.id}/${t('now')}/${name}`, hideSecrets(file.text));
    const after = pages.put(`${agent.id}/${t('then')}/${name}`, hideSecrets(text));
    shown.push(after);
    await commands.executeCommand('vscode.diff', before, after, t('{0}: what changes in {1}', agent.name, name), {
      preview: files.length === 1,
      preserveFocus: true,
    });
  }
  const changes = files.flatMap((each) => each.changes);
  const paths = files.map(({ file }) => file.path).join(', ');
  const sure = await pickFrom(presentConfirmation(voice, paths, changes), {
    title,
    placeholder: t('Write this change?'),
    stays: true,
  });
  for (const after of shown) await closeDiff(after);
  return sure === 'go';
}
