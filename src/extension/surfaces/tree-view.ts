import {
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import type { Disposable, TreeDataProvider } from 'vscode';
import type { Snapshot } from '../../core/snapshot.ts';
import type { TreeNode } from '../present/tree-node.ts';
import type { Voice } from '../present/voice.ts';
import type { State } from '../state.ts';

/** A tree of plain nodes, drawn anew when they differ from what is on screen. */
export function createTreeView(
  id: string,
  voice: Voice,
  state: State,
  present: (voice: Voice, snapshot: Snapshot | undefined, now: number) => readonly TreeNode[],
): Disposable {
  const changed = new EventEmitter<void>();
  let roots: readonly TreeNode[] = [];
  let shown = '[]';
  const provider: TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => [...(node === undefined ? roots : (node.children ?? []))],
    getTreeItem: toItem,
  };
  const view = window.createTreeView(id, { treeDataProvider: provider, showCollapseAll: true });
  const drawing = state.draw((connection) => {
    // Without a live relay nothing in the snapshot can be trusted to be so still; the welcome text says what to do.
    const snapshot = connection.state === 'live' || connection.state === 'starting' ? connection.snapshot : undefined;
    roots = present(voice, snapshot, Date.now());
    const next = JSON.stringify(roots);
    if (next === shown) return;
    shown = next;
    changed.fire();
  });
  return {
    dispose() {
      drawing.dispose();
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
