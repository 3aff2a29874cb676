import { window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import { errorCatalogues } from '../../providers/errors/list.ts';
import { explainText } from '../explain-failure.ts';
import { presentCodePicks } from '../present/code-picks.ts';
import type { CodePick } from '../present/code-picks.ts';
import { presentExplanation } from '../present/explanation-page.ts';
import { plainText } from '../present/plain-text.ts';
import type { CommandDeps } from './command-deps.ts';
import { subjectOf } from './subject-of.ts';

/** Looks an error up: one of the list, or whatever is typed or pasted, a whole body included. */
export async function explainCode(deps: CommandDeps, argument?: unknown): Promise<void> {
  const named = subjectOf(argument);
  const chosen = named === undefined ? await chooseCode(deps) : { code: named, providerId: undefined };
  if (chosen !== undefined) await explainCodeOf(deps, chosen.code, chosen.providerId);
}

export async function explainCodeOf({ voice, pages }: CommandDeps, code: string, providerId?: string): Promise<void> {
  const explanation = explainText(code, providerId, Date.now());
  const name = explanation.code.replace(/[^\w.-]+/g, '-').slice(0, 40) || 'error';
  const page = presentExplanation(voice, explanation);
  await pages.showMarkdown(`${plainText(voice.t('Error'), 20)} ${name}.md`, page);
}

function chooseCode({ voice }: CommandDeps): Promise<CodePick | undefined> {
  const { t } = voice;
  const pick = window.createQuickPick<QuickPickItem & CodePick>();
  pick.title = t('Planward: explain an error code');
  pick.placeholder = t('Type a code such as 1302, or paste what the agent shows');
  pick.matchOnDescription = true;
  const rows = (typed: string) =>
    presentCodePicks(voice, errorCatalogues, typed).map((row) => ({
      ...row,
      // What was typed stays in view whatever the list's own filter says.
      alwaysShow: row.code === typed.trim(),
    }));
  pick.items = rows('');
  pick.onDidChangeValue((typed) => (pick.items = rows(typed)));
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
