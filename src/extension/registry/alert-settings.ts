import type { SettingEntry } from './setting-entry.ts';

/** What is told in notifications, and when not. */
export const ALERT_SETTINGS: readonly SettingEntry[] = [
  {
    key: 'alerts.thresholds',
    section: 'alerts',
    schema: { type: 'array', items: { type: 'number', minimum: 1, maximum: 100 }, maxItems: 10 },
    default: [80, 95, 100],
    scope: 'window',
    description:
      'Percents of a plan window at which a notification comes: once per account, window and cycle, in one window of VS Code. What was passed before VS Code started is not told. Empty: none.',
  },
  {
    key: 'alerts.windowThresholds',
    section: 'alerts',
    schema: {
      type: 'object',
      additionalProperties: {
        type: 'array',
        items: { type: 'number', minimum: 1, maximum: 100 },
        maxItems: 10,
      },
    },
    default: {},
    scope: 'window',
    description:
      'The same for single windows: a window such as `five-hour`, `week` or `month`, and its percents. An empty list tells nothing of that window.',
  },
  {
    key: 'alerts.predictive',
    section: 'alerts',
    schema: { type: 'boolean' },
    default: true,
    scope: 'window',
    description:
      'Tell once a cycle when a window is going to run out before its reset: only where that is foreseen with fair confidence for three minutes.',
  },
  {
    key: 'alerts.predictiveMinutes',
    section: 'alerts',
    schema: { type: 'integer', minimum: 1, maximum: 10_080 },
    default: 15,
    scope: 'window',
    description: 'How many minutes before its reset a window has to run out to be told.',
  },
  {
    key: 'alerts.resets',
    section: 'alerts',
    schema: { type: 'boolean' },
    default: false,
    scope: 'window',
    description: 'Tell when a window has reset of which one of the percents above was passed.',
  },
  {
    key: 'alerts.quietHours',
    section: 'alerts',
    schema: { type: 'string', pattern: '^$|^([01]?\\d|2[0-3]):[0-5]\\d-([01]?\\d|2[0-3]):[0-5]\\d$' },
    default: '',
    scope: 'window',
    description:
      'Hours of the day without notifications, such as `22:00-07:30`, by the clock of the machine Planward runs on. What still stands is told afterwards; a stopped key and held requests are told all the same. *Planward: Snooze Alerts…* does it for a while.',
  },
  {
    key: 'alerts.incidents',
    section: 'alerts',
    schema: { type: 'boolean' },
    default: true,
    scope: 'window',
    description:
      'Tell in a notification when a provider refuses requests: once per incident, and at most once an hour for the same agent and error. The view Incidents lists them all.',
  },
  {
    key: 'alerts.violations',
    section: 'alerts',
    schema: { type: 'boolean' },
    default: true,
    scope: 'window',
    description:
      'Tell in a notification when a request may lie outside a plan’s terms: at most once an hour for the same rule and agent. The view Violations lists them all.',
  },
];
