/** A line in a window: a share of it, or an amount in the window's own unit. The lower one counts where both are given. */
export interface BudgetLine {
  /** 1..100. */
  readonly percent?: number | undefined;
  readonly units?: number | undefined;
}

/** Limits that the user sets below a provider's own; each is off where absent. */
export interface Guard {
  readonly budgets?:
    | readonly {
        /** Window id as `planward status` shows it: `five-hour`, `week`. */
        readonly window: string;
        /** Where it is said once per cycle, and nothing is held. */
        readonly soft?: BudgetLine | undefined;
        /** Where requests are held until the window resets. */
        readonly hard?: BudgetLine | undefined;
      }[]
    | undefined;
  /** Share of any window at which requests are held until it resets. */
  readonly pauseAtPercent?: number | undefined;
  /** Requests are held in the plan's peak hours. */
  readonly offPeakOnly?: boolean | undefined;
}
