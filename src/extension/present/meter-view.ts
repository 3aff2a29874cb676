/** What the user chose for the meter: settings `planward.meter.*`. */
export interface MeterTaste {
  readonly format: 'percentAndReset' | 'percent' | 'allWindows';
  /** Show what is left instead of what is used. */
  readonly showRemaining: boolean;
  /** Points ahead of even use from which the meter warns; 0: never. */
  readonly paceWarning: number;
}

/** `warning` and `error` have a background, `dimmed` a faint text; colour never says anything the text does not. */
export type Tone = 'normal' | 'dimmed' | 'warning' | 'error';

export interface MeterView {
  /** Status bar text with codicons. */
  readonly text: string;
  readonly tone: Tone;
  /** The same as one spoken sentence. */
  readonly label: string;
  /** What a click does. */
  readonly command:
    | 'planward.showPlanUsage'
    | 'planward.startRelay'
    | 'planward.showLog'
    | 'planward.liftStop'
    | 'planward.liftGuard';
}
