/** Whether an allowance will last until its reset, as far as its recent use tells. */
export interface Forecast {
  /**
   * Used fraction minus elapsed fraction of the window: +0.11 is 11 points ahead of even use, negative is reserve.
   */
  readonly pace: number;
  /** `unknown` where use is too little or too bunched to tell a rate. */
  readonly outlook: 'lasts' | 'runs-out' | 'unknown';
  /** When it runs out, if before its reset; undefined otherwise. */
  readonly exhaustsAt: number | undefined;
  readonly confidence: 'low' | 'fair' | 'good';
  /** How many more turns like the last ones fit; undefined where there were fewer than three. */
  readonly turnsLeft: number | undefined;
}
