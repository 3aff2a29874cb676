import type { SettingEntry } from './setting-entry.ts';

/** What the meter in the status bar shows. */
export const METER_SETTINGS: readonly SettingEntry[] = [
  {
    key: 'meter.format',
    section: 'meter',
    schema: { type: 'string' },
    default: 'percentAndReset',
    scope: 'window',
    description: 'What the meter in the status bar shows.',
    choices: [
      { value: 'percentAndReset', description: 'How much of the tightest window is used, and the time to its reset.' },
      { value: 'percent', description: 'Only how much of the tightest window is used.' },
      { value: 'allWindows', description: 'Up to three windows of the plan in percent, the tightest first.' },
      { value: 'bars', description: 'The same as five dots each.' },
      {
        value: 'countdown',
        description: 'The time to the reset of the tightest window, or to its end where it runs out before.',
      },
      { value: 'pace', description: 'How many points use is ahead of even use, or behind it.' },
      { value: 'minimal', description: 'The percent alone, without the name of the plan.' },
    ],
  },
  {
    key: 'meter.items',
    section: 'meter',
    schema: { type: 'string' },
    default: 'one',
    scope: 'window',
    description: 'How many entries the meter has in the status bar.',
    choices: [
      { value: 'one', description: 'One, for the plan that will stop you first.' },
      { value: 'perProvider', description: 'One for each provider used in the last day, six at most.' },
    ],
  },
  {
    key: 'meter.pinned',
    section: 'meter',
    schema: { type: 'array', items: { type: 'string', maxLength: 120 }, maxItems: 20, uniqueItems: true },
    default: [],
    scope: 'window',
    description:
      'Windows that show beside the tightest one, two at most: a window such as `week`, or `provider/week` for one provider. *Planward: Pin Windows in the Meter…* sets this.',
  },
  {
    key: 'meter.showPeak',
    section: 'meter',
    schema: { type: 'boolean' },
    default: true,
    scope: 'window',
    description: 'Say in the meter that the plan’s peak hours are on, in which requests count in full.',
  },
  {
    key: 'meter.showInFlight',
    section: 'meter',
    schema: { type: 'boolean' },
    default: false,
    scope: 'window',
    description: 'Count the requests that are on their way in the meter.',
  },
  {
    key: 'meter.showRemaining',
    section: 'meter',
    schema: { type: 'boolean' },
    default: false,
    scope: 'window',
    description:
      'Show what is left of a window instead of what is used, in the meter, its hover, the plan usage list and the view Plans. A click on a figure of the hover, or *Planward: Flip Used and Remaining*, turns it.',
  },
  {
    key: 'meter.paceWarning',
    section: 'meter',
    schema: { type: 'integer', minimum: 0, maximum: 100 },
    default: 15,
    scope: 'window',
    description:
      'Points ahead of even use from which the meter takes the warning colour. A window half over and 70% used is 20 points ahead. 0: never.',
  },
];
