import { HISTORY_DIMS, type HistoryDim } from '../core/history.ts';
import type { Span } from './scales.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const RANGES = { '5h': 5 * HOUR, day: DAY, week: 7 * DAY, month: 30 * DAY, year: 365 * DAY } as const;
/** What burns are counted in. */
export type Measure = 'tokens' | 'requests';
export type Range = keyof typeof RANGES;

/** What the user chose; VS Code keeps it over reloads. */
export interface PageState {
  /** `provider key`; '' for the account seen last. */
  readonly account: string;
  readonly range: Range;
  /** Absent: the whole range, up to now. */
  readonly zoomed?: Span | undefined;
  readonly dim: HistoryDim;
  readonly measure: Measure;
  readonly hidden: readonly string[];
  /** Panels that show their table. */
  readonly tables: readonly string[];
}

export const FIRST_STATE: PageState = {
  account: '',
  range: 'week',
  dim: 'agent',
  measure: 'tokens',
  hidden: [],
  tables: [],
};

/** A state from what was kept; whatever is not understood is as at first. Never throws. */
export function readState(kept: unknown): PageState {
  if (typeof kept !== 'object' || kept === null) return FIRST_STATE;
  const { account, range, zoomed, dim, measure, hidden, tables } = kept as Partial<Record<keyof PageState, unknown>>;
  const span = zoomed as Partial<Span> | undefined;
  return {
    account: typeof account === 'string' ? account : '',
    range: Object.keys(RANGES).includes(String(range)) ? (range as Range) : FIRST_STATE.range,
    zoomed:
      typeof span?.from === 'number' && typeof span.to === 'number' && span.to > span.from
        ? { from: span.from, to: span.to }
        : undefined,
    dim: HISTORY_DIMS.find((each) => each === dim) ?? FIRST_STATE.dim,
    measure: measure === 'requests' ? 'requests' : 'tokens',
    hidden: words(hidden),
    tables: words(tables),
  };
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
