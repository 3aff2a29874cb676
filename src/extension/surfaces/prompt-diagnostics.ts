import {
  CodeAction,
  CodeActionKind,
  commands,
  Diagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Disposable, LogOutputChannel, TextDocument } from 'vscode';
import { isPromptFile } from '../../agents/prompt-files.ts';
import { packFor } from '../../policies/list.ts';
import type { PolicyPack } from '../../core/policy-pack.ts';
import { readUserPacks } from '../../packs/user-packs.ts';
import type { Judge } from '../../scope/judge.ts';
import type { CodingHere } from '../coding-here.ts';
import { plainText } from '../present/plain-text.ts';
import { findInPrompts, type CheckedPrompts, type PromptFinding } from '../present/prompt-findings.ts';
import type { Voice } from '../present/voice.ts';
import { readPackPaths, readPlace, readPromptPlan } from '../settings.ts';

/** Squiggles in prompt files. */
export interface PromptDiagnostics extends Disposable {
  /** Checks a document now, whatever its name, and keeps it checked while it is open; undefined where it is too large. */
  check(document: TextDocument): Promise<CheckedPrompts | undefined>;
  /** Checks what is on screen anew: a setting or what was settled has changed. */
  again(): void;
  /** Policy packs the user wrote, as last read. */
  userPacks(): readonly PolicyPack[];
}

const DEBOUNCE_MS = 500;
/** Prompt files are short; a longer one is checked by nobody. */
const MOST_CHARACTERS = 200_000;
/** Run by quick fixes alone, with the document's address and the prompt. */
const TEACH = 'planward.promptIsCoding';
const DISMISS = 'planward.dismissPrompt';

/** Checks prompt files that are open, half a second after the last key. The model is loaded with the first of them. */
export function createPromptDiagnostics(voice: Voice, settled: CodingHere, log: LogOutputChannel): PromptDiagnostics {
  const { t } = voice;
  const collection = languages.createDiagnosticCollection('planward');
  const found = new Map<string, readonly (PromptFinding & { readonly range: Range })[]>();
  const asked = new Set<string>();
  const pending = new Map<string, NodeJS.Timeout>();
  let judge: Promise<Judge> | undefined;

  /** Read anew when the settings change or a pack is saved; what is wrong with one is a notification, once. */
  let own: readonly PolicyPack[] | undefined;
  const told = new Set<string>();
  function userPacks(): readonly PolicyPack[] {
    if (own !== undefined) return own;
    const { packs, troubles } = readUserPacks(readPlace().home, readPackPaths());
    own = packs;
    for (const { file, message } of troubles) {
      const text = plainText(t('The policy pack {0} is left out: {1}', file, message), 600);
      log.warn(text);
      if (!told.has(text)) void window.showWarningMessage(text);
      told.add(text);
    }
    return own;
  }

  const openJudge = (): Promise<Judge> =>
    (judge ??= import('../../scope/open-judge.ts').then((module) => module.openJudge()));

  async function check(document: TextDocument): Promise<CheckedPrompts | undefined> {
    const content = document.getText();
    const { plan, sensitivity } = readPromptPlan();
    const pack = packFor(plan, userPacks());
    if (content.length > MOST_CHARACTERS || pack === undefined) {
      clear(document.uri);
      return undefined;
    }
    const { version } = document;
    const options = { now: Date.now(), providerId: plan, sensitivity, taught: settled.taught() };
    const checked = findInPrompts(voice, content, document.uri.path, {
      judge: await openJudge(),
      pack,
      options,
      dismissed: settled.dismissed(),
    });
    if (document.isClosed || document.version !== version) return checked;
    const placed = checked.findings.map((finding) => ({
      ...finding,
      range: new Range(document.positionAt(finding.start), document.positionAt(finding.end)),
    }));
    found.set(document.uri.toString(), placed);
    collection.set(document.uri, placed.map(toDiagnostic));
    return checked;
  }

  function clear(uri: Uri): void {
    found.delete(uri.toString());
    collection.delete(uri);
  }

  function wanted({ uri, isClosed }: TextDocument): boolean {
    if (isClosed || uri.scheme === 'planward' || uri.scheme === 'output') return false;
    return asked.has(uri.toString()) || (readPromptPlan().on && isPromptFile(uri.path));
  }

  function later(document: TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(pending.get(key));
    pending.delete(key);
    if (!wanted(document)) return;
    const work = (): void => {
      pending.delete(key);
      check(document).catch((error: unknown) => log.warn(`prompt file not checked: ${String(error)}`));
    };
    pending.set(key, setTimeout(work, DEBOUNCE_MS));
  }

  function again(): void {
    for (const document of workspace.textDocuments) {
      if (wanted(document)) later(document);
      else clear(document.uri);
    }
  }

  async function settle(how: 'teach' | 'dismiss', argument: unknown): Promise<void> {
    if (typeof argument !== 'string') return;
    await settled[how](argument, Date.now());
    again();
    const undo = t('Undo');
    const said =
      how === 'teach'
        ? t('Prompts like this are taken for coding in this workspace.')
        : t('This prompt is not flagged any more in this workspace.');
    const [newest] = settled.list();
    if ((await window.showInformationMessage(said, undo)) !== undo || newest === undefined) return;
    await settled.forget([newest.id]);
    again();
  }

  const subscriptions: Disposable[] = [
    workspace.onDidOpenTextDocument(later),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) later(document);
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      asked.delete(uri.toString());
      clearTimeout(pending.get(uri.toString()));
      pending.delete(uri.toString());
      clear(uri);
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('planward.scope') && !change.affectsConfiguration('planward.relay.home')) return;
      own = undefined;
      again();
    }),
    workspace.onDidSaveTextDocument(({ fileName }) => {
      if (!fileName.endsWith('.json')) return;
      own = undefined;
      again();
    }),
    commands.registerCommand(TEACH, (argument) => settle('teach', argument)),
    commands.registerCommand(DISMISS, (argument) => settle('dismiss', argument)),
    languages.registerCodeActionsProvider(
      '*',
      {
        provideCodeActions: ({ uri }, range, { diagnostics }) =>
          (found.get(uri.toString()) ?? [])
            .filter((finding) => finding.range.intersection(range) !== undefined)
            .flatMap((finding) => actionsFor(finding, diagnostics)),
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  ];
  for (const document of workspace.textDocuments) later(document);

  function actionsFor(finding: PromptFinding & { range: Range }, diagnostics: readonly Diagnostic[]): CodeAction[] {
    const ours = diagnostics.filter(({ source, range }) => source === 'planward' && range.isEqual(finding.range));
    const action = (title: string, command: string, argument?: string): CodeAction => {
      const fix = new CodeAction(title, CodeActionKind.QuickFix);
      fix.diagnostics = ours;
      fix.command = { title, command, ...(argument === undefined ? {} : { arguments: [argument] }) };
      return fix;
    };
    return [
      action(t('This is coding here'), TEACH, finding.text),
      action(t('Dismiss this flag'), DISMISS, finding.text),
      action(t('What does the rule say'), 'planward.explainRule', finding.rule),
      action(t('Send it through an API-key provider instead (explained)'), 'planward.useOtherProvider'),
      action(t('Check the whole file'), 'planward.checkPromptFile'),
    ];
  }

  return {
    again,
    userPacks,
    async check(document) {
      asked.add(document.uri.toString());
      return await check(document);
    },
    dispose() {
      for (const timer of pending.values()) clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      collection.dispose();
    },
  };
}

function toDiagnostic({ range, message, code, rule }: PromptFinding & { readonly range: Range }): Diagnostic {
  const diagnostic = new Diagnostic(range, message, DiagnosticSeverity.Warning);
  diagnostic.source = 'planward';
  // The page opens inside VS Code, so that it is read without a network.
  const query = encodeURIComponent(JSON.stringify([rule]));
  diagnostic.code = { value: code, target: Uri.parse(`command:planward.explainRule?${query}`) };
  return diagnostic;
}
