import type { Saying } from './saying.ts';

/** What the relay says of a budget that is reached, the sentences before the windows that stand in them. */
export const GUARD_SAYINGS: readonly Saying[] = [
  (t, a) => t('{0}: {1} is used, which resets at {2}; your soft budget for it is {3}. Requests go on.', ...a),
  (t, a) => t('{0}: {1} is used; your soft budget for it is {2}. Requests go on.', ...a),
  (t, a) =>
    t(
      '{0}: {1} is used, which resets at {2}; your guard for it is {3}. Requests wait for the reset, or are answered by Planward where that is too far off.',
      ...a,
    ),
  (t, a) =>
    t(
      '{0}: {1} is used; your guard for it is {2}. Requests wait for the reset, or are answered by Planward where that is too far off.',
      ...a,
    ),
  (t, a) => t('of the {0}-hour window', ...a),
  (t, a) => t('of the {0}-minute window', ...a),
  (t, a) => t('of the {0}-day window', ...a),
  (t) => t('of the weekly window'),
  (t) => t('of the daily window'),
  (t) => t('of the monthly window'),
];
