/** How long an agent waits, and what it makes of being told to wait. As seen with the agent itself. */
export interface Patience {
  /** Longest time it waits for the first byte of an answer; absent where not known. */
  readonly answerMs?: number;
  /**
   * What it does with `Retry-After`: obeys any, obeys `short` ones (of some seconds) and gives up at or ignores long ones, or
   * ignores it.
   */
  readonly retryAfter: 'any' | 'short' | 'ignored';
  readonly source: string;
}
