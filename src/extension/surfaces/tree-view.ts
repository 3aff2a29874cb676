import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import type { Disposable, TreeDataProvider, ViewBadge } from 'vscode';
import type { RelayConnection } from '../../client/watch-relay.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { TreeNode } from '../present/tree-node.ts';
import type { Voice } from '../present/voice.ts';
import type { State } from '../state.ts';

/** What a tree shows. */
export type Present = (voice: Voice, connection: RelayConnection, now: number) => readonly TreeNode[];

/**
 * A tree of the snapshot alone. Without a live relay nothing in it can be trusted to be so still; the welcome text says what
 * to do then.
 */
export function ofSnapshot(
  present: (voice: Voice, snapshot: Snapshot | undefined, now: number) => readonly TreeNode[],
): Present {
  return (voice, { state, snapshot }, now) =>
    present(voice, state === 'live' || state === 'starting' ? snapshot : undefined, now);
}

/**
 * A tree of plain nodes, drawn anew when they differ from what is on screen, and not at all while it is out of sight: `load`
 * gives what draws it when it is first seen. `onShown` is called when it comes into view; `badge` counts on the icon of its
 * container, seen or not.
 */
export function createTreeView(
  id: string,
  voice: Voice,
  state: State,
  load: () => Promise<Present>,
  extras: {
    readonly onShown?: () => void;
    readonly badge?: (connection: RelayConnection) => ViewBadge | undefined;
  } = {},
): Disposable {
  const changed = new EventEmitter<void>();
  let present: Present | undefined;
  let roots: readonly TreeNode[] = [];
  let shown = '[]';
  const arrange = (): boolean => {
    roots = present?.(voice, state.current(), Date.now()) ?? [];
    const before = shown;
    shown = JSON.stringify(roots);
    return shown !== before;
  };
  const provider: TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      if (node !== undefined) return [...(node.children ?? [])];
      if (present === undefined) {
        present = await load();
        arrange();
      }
      return [...roots];
    },
    getTreeItem: toItem,
  };
  const view = window.createTreeView(id, { treeDataProvider: provider, showCollapseAll: true });
  const redraw = (): void => {
    if (present !== undefined && view.visible && arrange()) changed.fire();
  };
  const drawing = state.draw((connection) => {
    const badge = extras.badge?.(connection);
    if (badge?.value !== view.badge?.value) view.badge = badge;
    redraw();
  });
  const visibility = view.onDidChangeVisibility(({ visible }) => {
    if (!visible) return;
    redraw();
    extras.onShown?.();
  });
  return {
    dispose() {
      drawing.dispose();
      visibility.dispose();
      view.dispose();
      changed.dispose();
    },
  };
}

function toItem(node: TreeNode): TreeItem {
  const foldable = collapsibleState(node);
  const item = new TreeItem(node.label, foldable);
  // VS Code keeps a row it once knew as a leaf folded when children come; as a leaf it is therefore another row.
  item.id = foldable === TreeItemCollapsibleState.None ? `${node.id}#leaf` : node.id;
  item.accessibilityInformation = { label: node.spoken };
  if (node.description !== undefined) item.description = node.description;
  item.tooltip = node.tooltip === undefined ? node.spoken : new MarkdownString(node.tooltip, true);
  if (node.context !== undefined) item.contextValue = node.context;
  if (node.run !== undefined) {
    item.command = {
      command: node.run,
      title: '',
      ...(node.subject === undefined ? {} : { arguments: [node.subject] }),
    };
  }
  if (node.icon !== undefined) {
    const { id, color } = node.icon;
    item.iconPath = color === undefined ? new ThemeIcon(id) : new ThemeIcon(id, new ThemeColor(color));
  }
  return item;
}

function collapsibleState(node: TreeNode): TreeItemCollapsibleState {
  if (node.children === undefined || node.children.length === 0) return TreeItemCollapsibleState.None;
  return node.folded === true ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded;
}
