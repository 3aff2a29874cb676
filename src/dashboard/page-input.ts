import type { History } from '../core/history.ts';
import type { DashboardAccount, DashboardView, PageCommand } from '../protocol/dashboard.ts';
import type { PageState } from './page-state.ts';
import type { PanelDeps } from './panel.ts';
import type { Span } from './scales.ts';
import type { Words } from './words.ts';

/** What the page is drawn from. */
export interface PageInput {
  readonly words: Words;
  /** Undefined before the window said anything. */
  readonly view: DashboardView | undefined;
  readonly account: DashboardAccount | undefined;
  readonly history: History | undefined;
  /** Why there is no newer history. */
  readonly failure: string | undefined;
  /** What was just done, to be read aloud. */
  readonly said: string;
  readonly state: PageState;
  readonly bounds: Span;
  readonly change: (next: Partial<PageState>) => void;
  readonly run: (command: PageCommand) => void;
  readonly copyCsv: PanelDeps['copyCsv'];
  readonly copyPng: PanelDeps['copyPng'];
}
