import { commands, window } from 'vscode';
import type { CommandDeps } from './command-deps.ts';
import { sayDone } from './say-failure.ts';

/** Checks the file in the editor, whatever its name, and shows what was found in Problems. */
export async function checkPromptFile({ voice, prompts }: CommandDeps): Promise<void> {
  const { t } = voice;
  const document = window.activeTextEditor?.document;
  if (document === undefined) return sayDone(t('No file is open in an editor.'));
  const checked = await prompts.check(document);
  if (checked === undefined) {
    return sayDone(t('This file was not checked: it is too long, or no terms are known for the plan of the settings.'));
  }
  const { findings, prompts: count } = checked;
  sayDone(t('Prompts checked: {0}. Outside the terms: {1}.', count, findings.length));
  if (findings.length > 0) await commands.executeCommand('workbench.actions.view.problems');
}
