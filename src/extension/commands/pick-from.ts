import { QuickPickItemKind, window } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { Pick } from '../present/connect-picks.ts';

/** Lets the user choose; undefined where they went away. A line that only informs is not taken: the list stays open. */
export function pickFrom<T>(
  picks: readonly Pick<T>[],
  options: { readonly title: string; readonly placeholder?: string; readonly stays?: boolean },
): Promise<T | undefined> {
  const list = window.createQuickPick<QuickPickItem & { readonly value?: T }>();
  list.title = options.title;
  if (options.placeholder !== undefined) list.placeholder = options.placeholder;
  list.ignoreFocusOut = options.stays === true;
  list.items = picks.map(({ kind, ...rest }) => ({
    ...rest,
    kind: kind === 'separator' ? QuickPickItemKind.Separator : QuickPickItemKind.Default,
  }));
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      const value = list.activeItems[0]?.value;
      if (value === undefined) return;
      resolve(value);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}
