/** One account's past, to be read in buckets. */
export interface HistoryAsk {
  readonly providerId: string;
  readonly accountKey: string;
  /** Borders of the buckets, one more than there are buckets. */
  readonly edges: readonly number[];
  /** What is summed: minutes and quarter hours of short spans, hours of long ones, whose borders are then as exact as an hour. */
  readonly grain: 'minute' | 'quarter' | 'hour';
  /** The zone's offset over the span: constant from each instant until the next one's. */
  readonly offsets: readonly { readonly from: number; readonly offsetMs: number }[];
  readonly windows: readonly AskedWindow[];
  /** Hours that are priced apart, local to `offsetMs`; `weekdays` has bit 0 for Monday. Absent where there are none. */
  readonly peak?:
    | {
        readonly weekdays: number;
        readonly offsetMs: number;
        readonly startHour: number;
        readonly endHour: number;
      }
    | undefined;
}

/** An allowance whose readings are asked for. Providers' lengths differ a little, so a range of them is one allowance. */
export interface AskedWindow {
  readonly shortestMs: number;
  readonly longestMs: number;
  /** '' for all models. */
  readonly model: string;
  /** When the present cycle began; undefined where that is not known. */
  readonly startsAt: number | undefined;
}
