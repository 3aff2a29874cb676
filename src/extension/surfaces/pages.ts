import { commands, EventEmitter, Uri, workspace } from 'vscode';
import type { Disposable } from 'vscode';

export const PAGE_SCHEME = 'planward';
const MOST_PAGES = 60;

/** Texts of ours that VS Code shows like files and nobody can edit. */
export interface Pages {
  /** Address of a text under a name with an ending; the same name again replaces the text where it is shown. */
  put(name: string, text: string): Uri;
  /** Shows Markdown as it is meant to be read. */
  showMarkdown(name: string, text: string): Promise<void>;
  dispose(): void;
}

export function createPages(): Pages {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider: Disposable = workspace.registerTextDocumentContentProvider(PAGE_SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
  });
  function put(name: string, text: string): Uri {
    const uri = Uri.from({ scheme: PAGE_SCHEME, path: `/${name}` });
    const known = texts.get(uri.path);
    texts.delete(uri.path);
    texts.set(uri.path, text);
    for (const oldest of [...texts.keys()].slice(0, Math.max(0, texts.size - MOST_PAGES))) texts.delete(oldest);
    if (known !== undefined && known !== text) changed.fire(uri);
    return uri;
  }
  return {
    put,
    async showMarkdown(name, text) {
      await commands.executeCommand('markdown.showPreview', put(name, text));
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}
