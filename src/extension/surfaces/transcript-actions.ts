import { CodeAction, CodeActionKind, CodeLens, EventEmitter, Hover, languages, MarkdownString, Range } from 'vscode';
import type { Diagnostic, Disposable, DocumentSelector, TextDocument } from 'vscode';
import type { PolicyPack } from '../../core/policy-pack.ts';
import { nameFlag } from '../present/flag-words.ts';
import { plainText } from '../present/plain-text.ts';
import { FLAG_COMMANDS, presentFlagActions, presentFlagHover } from '../present/transcript-flag.ts';
import type { FlagMark } from '../present/transcript-page.ts';
import type { Voice } from '../present/voice.ts';

export interface TranscriptActionsDeps {
  readonly voice: Voice;
  readonly selector: DocumentSelector;
  readonly marksIn: (document: TextDocument) => readonly FlagMark[];
  readonly userPacks: () => readonly PolicyPack[] | undefined;
}

/** Hover, light bulb and lenses of the flags in transcripts. */
export interface TranscriptActions extends Disposable {
  /** The marks of a document are others now. */
  changed(): void;
}

export function rangeOfMark({ line, from, to }: FlagMark): Range {
  return new Range(line, from, line, to);
}

/**
 * What can be done about a flag where it stands: a hover and a light bulb on the marked words, and lenses above the turn, which
 * VS Code also lists by keyboard (Show CodeLens Commands for Current Line).
 */
export function createTranscriptActions(deps: TranscriptActionsDeps): TranscriptActions {
  const { voice, selector, marksIn, userPacks } = deps;
  const changed = new EventEmitter<void>();
  const at = (document: TextDocument, range: Range): readonly FlagMark[] =>
    marksIn(document).filter((each) => rangeOfMark(each).intersection(range) !== undefined);

  function actionsFor(mark: FlagMark, diagnostics: readonly Diagnostic[]): CodeAction[] {
    const range = rangeOfMark(mark);
    const ours = diagnostics.filter((each) => each.source === 'planward' && each.range.isEqual(range));
    return presentFlagActions(voice, mark.flag, userPacks()).map(({ title, command }) => {
      const fix = new CodeAction(title, CodeActionKind.QuickFix);
      fix.diagnostics = ours;
      fix.command = { title, command, arguments: [mark.flag.id] };
      return fix;
    });
  }

  /** The likeliest of what can be done. Where a turn has several flags, each begins with its name. */
  function lensesFor({ flag, turnLine }: FlagMark, _i: number, all: readonly FlagMark[]): CodeLens[] {
    const range = new Range(turnLine, 0, turnLine, 0);
    const lens = (title: string, command: string) => new CodeLens(range, { title, command, arguments: [flag.id] });
    const several = all.filter((each) => each.turnLine === turnLine).length > 1;
    return [
      ...(several ? [lens(`${plainText(nameFlag(voice, flag, userPacks()), 60)}:`, 'planward.actOnFlag')] : []),
      ...presentFlagActions(voice, flag, userPacks())
        .filter(({ command }) => command !== 'planward.copyFlag')
        .map(({ title, command }) => lens(title, command)),
    ];
  }

  const subscriptions: readonly Disposable[] = [
    changed,
    languages.registerHoverProvider(selector, {
      provideHover(document, position) {
        const [found] = at(document, new Range(position, position));
        if (found === undefined) return undefined;
        const text = new MarkdownString(presentFlagHover(voice, found.flag, userPacks()), true);
        text.isTrusted = { enabledCommands: FLAG_COMMANDS };
        return new Hover(text, rangeOfMark(found));
      },
    }),
    languages.registerCodeActionsProvider(
      selector,
      {
        provideCodeActions: (document, range, { diagnostics }) =>
          at(document, range).flatMap((found) => actionsFor(found, diagnostics)),
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
    languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => marksIn(document).flatMap(lensesFor),
    }),
  ];
  return {
    changed: () => changed.fire(),
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
