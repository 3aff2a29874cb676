/** What the user chose for the meter: settings `planward.meter.*`. */
export interface MeterTaste {
  readonly format: MeterFormat;
  /** Show what is left instead of what is used. */
  readonly showRemaining: boolean;
  /** Points ahead of even use from which the meter warns; 0: never. */
  readonly paceWarning: number;
  /** Windows that show beside the tightest one: `week`, or `zai/week` for one provider. Absent: none. */
  readonly pinned?: readonly string[];
  /** Say that the plan's peak hours are on. Absent: no. */
  readonly showPeak?: boolean;
  /** Count the requests that are on their way. Absent: no. */
  readonly showInFlight?: boolean;
  /** One entry for the account that matters most, or one per provider. Absent: one. */
  readonly items?: 'one' | 'perProvider';
}

export const METER_FORMATS = [
  'percentAndReset',
  'percent',
  'allWindows',
  'bars',
  'countdown',
  'pace',
  'minimal',
] as const;

export type MeterFormat = (typeof METER_FORMATS)[number];

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
