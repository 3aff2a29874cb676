import { TabInputText, TabInputWebview, window, workspace } from 'vscode';
import type { Disposable, TextDocument } from 'vscode';
import { isPromptFile } from '../../agents/prompt-files.ts';
import { TRANSCRIPT_SCHEME } from '../registry/languages.ts';
import { readPromptPlan } from '../settings.ts';
import type { DASHBOARD_VIEW as Dashboard } from './dashboard-panel.ts';

/** As `dashboard-panel.ts` names it, whose module is not loaded for that. */
const DASHBOARD_VIEW: typeof Dashboard = 'planward.dashboard';

/**
 * Opens what checks prompt files, draws transcripts or fills the dashboard's page with the first document or tab of theirs, also
 * one that VS Code brought back: a page that nobody fills yet it keeps until somebody does.
 */
export function createLateDocuments(open: {
  readonly prompts: () => void;
  readonly transcripts: () => void;
  readonly dashboard: () => void;
}): Disposable {
  const look = ({ uri }: Pick<TextDocument, 'uri'>): void => {
    if (uri.scheme === TRANSCRIPT_SCHEME) open.transcripts();
    else if (isPromptFile(uri.path) && readPromptPlan().on) open.prompts();
  };
  const lookAround = (): void => workspace.textDocuments.forEach(look);
  lookAround();
  for (const { input } of window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    if (input instanceof TabInputText) look(input);
    // VS Code puts a word of its own in front of the type.
    if (input instanceof TabInputWebview && input.viewType.endsWith(DASHBOARD_VIEW)) open.dashboard();
  }
  const opened = workspace.onDidOpenTextDocument(look);
  const switched = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('planward.scope')) lookAround();
  });
  return {
    dispose() {
      opened.dispose();
      switched.dispose();
    },
  };
}
