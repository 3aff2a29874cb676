import {
  Diagnostic,
  DiagnosticSeverity,
  EventEmitter,
  languages,
  OverviewRulerLane,
  Position,
  Range,
  Selection,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Disposable, TextDocument, TextEditor } from 'vscode';
import type { Flag } from '../../core/flag.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Transcript } from '../../core/transcript.ts';
import { TRANSCRIPT_LANGUAGE, TRANSCRIPT_SCHEME } from '../registry/languages.ts';
import { codeOfFlag, sayFlag } from '../present/transcript-flag.ts';
import { presentTranscript, type TranscriptPage } from '../present/transcript-page.ts';
import type { Voice } from '../present/voice.ts';
import type { RelayControls } from '../relay-controls.ts';
import type { State } from '../state.ts';
import { createTranscriptActions, rangeOfMark } from './transcript-actions.ts';

/** Live transcripts of agents' sessions, as documents that nobody can edit. */
export interface Transcripts extends Disposable {
  /** Opens the transcript of that id, at a flag where one is named; the newest turn is at its end. */
  open(id: string, title: string, flagId?: string): Promise<void>;
  /** Flags of the turn that the cursor is on; undefined where the active editor shows no transcript. */
  flagsHere(): readonly Flag[] | undefined;
}

interface Shown {
  readonly id: string;
  transcript: Transcript | undefined;
  page: TranscriptPage;
  /** What it was drawn from last. */
  drawn: string;
}

const EMPTY: TranscriptPage = { text: '', flags: [], turnLines: [], faint: [] };

export function createTranscripts(voice: Voice, state: State, controls: RelayControls): Transcripts {
  const { t } = voice;
  const changed = new EventEmitter<Uri>();
  const collection = languages.createDiagnosticCollection('planward-transcript');
  const shown = new Map<string, Shown>();
  const flagged = window.createTextEditorDecorationType({
    isWholeLine: true,
    borderColor: new ThemeColor('editorWarning.foreground'),
    borderStyle: 'solid',
    borderWidth: '0 0 0 3px',
    overviewRulerColor: new ThemeColor('editorOverviewRuler.warningForeground'),
    overviewRulerLane: OverviewRulerLane.Right,
  });
  const faint = window.createTextEditorDecorationType({ color: new ThemeColor('descriptionForeground') });

  const keyOf = (uri: Uri): string => uri.toString();

  function entry(uri: Uri): Shown {
    const known = shown.get(keyOf(uri));
    if (known !== undefined) return known;
    const made: Shown = { id: uri.query, transcript: undefined, page: EMPTY, drawn: '' };
    shown.set(keyOf(uri), made);
    return made;
  }

  /** Draws from what is at hand; the turns are fetched where the Snapshot says that they read differently now. */
  async function refresh(uri: Uri): Promise<void> {
    const it = entry(uri);
    const { snapshot } = state.current();
    const view = snapshot?.transcripts?.find(({ id }) => id === it.id);
    const drawn = JSON.stringify([
      view?.revision,
      (snapshot?.holds ?? []).map(({ id }) => id),
      flagWords(snapshot, it),
    ]);
    if (drawn === it.drawn) return;
    it.drawn = drawn;
    if (view !== undefined) {
      const fetched = await controls.transcript(it.id);
      if (fetched.ok) it.transcript = fetched.value;
    }
    const now = state.current().snapshot;
    if (now === undefined || it.transcript === undefined) return;
    it.page = presentTranscript(voice, now, it.transcript);
    changed.fire(uri);
    // Marks wait for the text they are on; where it reads as before no change of it will come.
    if (workspace.textDocuments.some((each) => keyOf(each.uri) === keyOf(uri) && each.getText() === it.page.text)) {
      mark(uri, it);
    }
  }

  function flagWords(snapshot: Snapshot | undefined, { transcript }: Shown): readonly string[] {
    const ids = new Set(transcript?.turns.flatMap(({ flagIds }) => flagIds));
    return (snapshot?.flags ?? []).filter(({ id }) => ids.has(id)).map(({ id, acted }) => id + acted);
  }

  function mark(uri: Uri, { page }: Shown): void {
    collection.set(
      uri,
      page.flags.map((each) => toDiagnostic(rangeOfMark(each), each.flag)),
    );
    actions.changed();
  }

  function toDiagnostic(range: Range, flag: Flag): Diagnostic {
    const userPacks = state.current().snapshot?.userPacks;
    const diagnostic = new Diagnostic(range, sayFlag(voice, flag, userPacks), DiagnosticSeverity.Warning);
    diagnostic.source = 'planward';
    const query = encodeURIComponent(JSON.stringify([`${flag.packId}/${flag.ruleId}`]));
    diagnostic.code = {
      value: codeOfFlag(flag, userPacks),
      target: Uri.parse(`command:planward.explainRule?${query}`),
    };
    return diagnostic;
  }

  function decorate(editor: TextEditor): void {
    const { page } = entry(editor.document.uri);
    editor.setDecorations(
      flagged,
      page.flags.map(({ line }) => new Range(line, 0, line, 0)),
    );
    editor.setDecorations(
      faint,
      page.faint.map((line) => new Range(line, 0, line, 10_000)),
    );
  }

  const isOurs = ({ uri }: TextDocument): boolean => uri.scheme === TRANSCRIPT_SCHEME;
  const decorateAll = (): void => {
    for (const editor of window.visibleTextEditors) if (isOurs(editor.document)) decorate(editor);
  };

  /** Keeps the newest turn in sight where it was in sight before. */
  function follow(document: TextDocument): void {
    mark(document.uri, entry(document.uri));
    for (const editor of window.visibleTextEditors) {
      if (editor.document !== document) continue;
      decorate(editor);
      const before = ends.get(editor);
      const last = document.lineCount - 1;
      ends.set(editor, last);
      const seen = editor.visibleRanges.at(-1)?.end.line ?? 0;
      if (before !== undefined && seen >= before - 1 && last > before) {
        editor.revealRange(new Range(last, 0, last, 0), TextEditorRevealType.Default);
      }
    }
  }
  const ends = new WeakMap<TextEditor, number>();

  const actions = createTranscriptActions({
    voice,
    selector: { scheme: TRANSCRIPT_SCHEME },
    marksIn: ({ uri }) => entry(uri).page.flags,
    userPacks: () => state.current().snapshot?.userPacks,
  });

  const subscriptions: Disposable[] = [
    changed,
    collection,
    flagged,
    faint,
    actions,
    workspace.registerTextDocumentContentProvider(TRANSCRIPT_SCHEME, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri) {
        await refresh(uri);
        const { page, transcript } = entry(uri);
        return transcript === undefined
          ? t('This session is not kept any more: only the newest ones are, in the memory of the relay.')
          : page.text;
      },
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isOurs(document)) follow(document);
    }),
    workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document)) void refresh(document.uri);
    }),
    workspace.onDidCloseTextDocument((document) => {
      if (!isOurs(document)) return;
      shown.delete(keyOf(document.uri));
      collection.delete(document.uri);
    }),
    window.onDidChangeVisibleTextEditors(decorateAll),
    state.draw(() => {
      for (const document of workspace.textDocuments) if (isOurs(document)) void refresh(document.uri);
    }),
  ];

  return {
    async open(id, title, flagId) {
      const uri = Uri.from({
        scheme: TRANSCRIPT_SCHEME,
        path: `/${title.replaceAll(/[^\p{L}\p{N} .→-]/gu, '')}`,
        query: id,
      });
      const opened = await workspace.openTextDocument(uri);
      const document = await languages.setTextDocumentLanguage(opened, TRANSCRIPT_LANGUAGE);
      await refresh(uri);
      const editor = await window.showTextDocument(document, { preview: false });
      const { page } = entry(uri);
      mark(uri, entry(uri));
      decorate(editor);
      const place = page.flags.find(({ flag }) => flag.id === flagId);
      const target =
        place === undefined ? new Position(document.lineCount - 1, 0) : new Position(place.line, place.from);
      editor.selection = new Selection(target, target);
      editor.revealRange(new Range(target, target), TextEditorRevealType.InCenterIfOutsideViewport);
      ends.set(editor, document.lineCount - 1);
    },
    flagsHere() {
      const editor = window.activeTextEditor;
      if (editor === undefined || !isOurs(editor.document)) return undefined;
      const { line } = editor.selection.active;
      const { flags, turnLines } = entry(editor.document.uri).page;
      const here = turnLines.findLast((first) => first <= line);
      return flags.filter(({ turnLine }) => turnLine === here).map(({ flag }) => flag);
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
