import * as z from 'zod';
import { HISTORY_BUCKETS } from '../core/history.ts';
import type { History } from '../core/history.ts';

/** What the page can ask the window to run: the next steps its empty states offer. */
export const PAGE_COMMANDS = [
  'planward.startRelay',
  'planward.restartRelay',
  'planward.connectAgent',
  'planward.openWalkthrough',
  'planward.showLog',
  'planward.showViolations',
  'planward.explainLastError',
] as const;
export type PageCommand = (typeof PAGE_COMMANDS)[number];

/** One window of a plan as it stands now, in words for this user. */
export interface DashboardCard {
  readonly id: string;
  /** `5 hours` */
  readonly name: string;
  /** `62%`, or the word for why there is no figure. */
  readonly use: string;
  readonly amount?: string | undefined;
  readonly resets?: string | undefined;
  readonly pace?: string | undefined;
  /** One sentence: whether it lasts. */
  readonly outlook?: string | undefined;
  readonly source: string;
  /** True where the figure is older than it should be. */
  readonly stale: boolean;
  readonly level: 'ok' | 'watch' | 'low' | 'exhausted' | 'unknown';
  readonly exhaustsAt?: number | undefined;
  /** The whole card read aloud. */
  readonly spoken: string;
}

export interface DashboardAccount {
  readonly providerId: string;
  readonly accountKey: string;
  readonly name: string;
  /** Peak hours, polls in trouble: whole sentences. */
  readonly notes: readonly string[];
  readonly cards: readonly DashboardCard[];
}

/** What the page draws beside history. */
export interface DashboardView {
  readonly now: number;
  readonly state: 'live' | 'waiting' | 'lost' | 'empty';
  /** One sentence where the state is not `live`. */
  readonly message?: string | undefined;
  readonly action?: { readonly label: string; readonly command: PageCommand } | undefined;
  readonly accounts: readonly DashboardAccount[];
}

/** What the window tells the page. It is trusted: both come from the same package. */
export type ToPage =
  | {
      readonly type: 'setup';
      /** BCP 47. */
      readonly locale: string;
      /** IANA name: days are cut where the relay is. */
      readonly zone: string;
      /** English text -> the user's language; empty for English. */
      readonly words: Readonly<Record<string, string>>;
    }
  | { readonly type: 'view'; readonly view: DashboardView }
  | { readonly type: 'history'; readonly id: number; readonly history: History }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  | { readonly type: 'copied'; readonly what: 'csv' | 'png' };

/** What the page tells the window; checked, since a page is a web page. */
export const fromPageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('query'),
    id: z.number().int(),
    from: z.number().int().nonnegative(),
    to: z.number().int().nonnegative(),
    bucket: z.enum(HISTORY_BUCKETS),
    providerId: z.string().max(100),
    accountKey: z.string().max(200),
  }),
  z.object({ type: z.literal('run'), command: z.enum(PAGE_COMMANDS) }),
  z.object({ type: z.literal('copy'), text: z.string().max(4_000_000) }),
  /** A picture the page could not put on the clipboard itself; `data` is base64. */
  z.object({ type: z.literal('save'), name: z.string().max(80), data: z.string().max(20_000_000) }),
]);
export type FromPage = z.infer<typeof fromPageSchema>;
