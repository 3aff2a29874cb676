import type { CommandId } from '../registry/commands.ts';

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
  /** For when-clauses: what the row is, and what can be done to it. */
  readonly context?: string;
  /** What a command of this row is about: an agent, an incident, a provider. */
  readonly subject?: string;
  /** Command that Enter or a click runs, with `subject` as its argument. */
  readonly run?: CommandId;
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
