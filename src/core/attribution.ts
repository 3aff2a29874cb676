/** One part of a whole. */
export interface Part {
  /** Agent id, model, session key, workspace key or kind; `unknown` where traffic does not tell, `other` for many small ones together. */
  readonly id: string;
  /** 0..1 of the whole. */
  readonly fraction: number;
}

/**
 * Who and what a window's use belongs to. The fractions of each list and `elsewhere` (0 where undefined) sum to 1; a list is
 * empty where nothing passed the relay.
 *
 * - `of: 'used'`: parts of everything that was used. `elsewhere` is what the provider counted and the relay did not see:
 *   another machine, the vendor's own web site, the time before Planward.
 * - `of: 'seen'`: parts of what passed the relay, because the provider's figure cannot be compared with our count (it says
 *   a share of an unknown size, or the plan's price of a model is not known). `elsewhere` is undefined: not known, not 0.
 */
export interface Attribution {
  readonly of: 'used' | 'seen';
  readonly elsewhere: number | undefined;
  readonly byAgent: readonly Part[];
  readonly byModel: readonly Part[];
  /** `main`, `sub-agent`, `scheduled` (heartbeats, cron jobs), `overhead` (titles, classifiers, compaction), `unknown`. */
  readonly byKind: readonly Part[];
  /** Salted keys, named in the Snapshot's `sessions`. Absent where an older relay does not tell. */
  readonly bySession?: readonly Part[];
  /** Salted keys, named in the Snapshot's `workspaces`. Absent where an older relay does not tell. */
  readonly byWorkspace?: readonly Part[];
}
