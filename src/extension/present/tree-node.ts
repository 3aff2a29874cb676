/** One row of a tree as plain data; `surfaces/tree-view.ts` makes a TreeItem of it. */
export interface TreeNode {
  /** Unique within its tree and stable between snapshots, so that expansion and selection survive. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Markdown; what comes from outside is escaped in it. */
  readonly tooltip?: string;
  readonly icon?: { readonly id: string; readonly color?: NodeColor };
  /** The whole row as a sentence. */
  readonly spoken: string;
  /** Absent: a leaf. */
  readonly children?: readonly TreeNode[];
  readonly folded?: boolean;
  readonly context?: string;
}

export type NodeColor =
  | 'charts.green'
  | 'charts.yellow'
  | 'charts.orange'
  | 'charts.red'
  | 'charts.blue'
  | 'disabledForeground'
  | 'list.warningForeground'
  | 'list.errorForeground';
