import { formatInstant } from './instant.ts';
import type { Voice } from './voice.ts';

const HOUR_MS = 3_600_000;

export interface SnoozePick {
  readonly label: string;
  readonly description: string;
  /** Undefined: alerts are on again. */
  readonly untilAt: number | undefined;
}

/** How long alerts may be off; while they are, the first row switches them on. `tomorrowAt`: eight in the morning, by the user's clock. */
export function presentSnoozePicks(
  voice: Voice,
  snoozedUntilAt: number | undefined,
  tomorrowAt: number,
  now: number,
): readonly SnoozePick[] {
  const { t } = voice;
  const row = (label: string, untilAt: number): SnoozePick => ({
    label,
    description: t('until {0}', formatInstant(voice, untilAt, now)),
    untilAt,
  });
  const on: SnoozePick[] =
    snoozedUntilAt === undefined
      ? []
      : [
          {
            label: t('Switch alerts on'),
            description: t('off until {0}', formatInstant(voice, snoozedUntilAt, now)),
            untilAt: undefined,
          },
        ];
  return [
    ...on,
    row(t('30 minutes'), now + HOUR_MS / 2),
    row(t('1 hour'), now + HOUR_MS),
    row(t('4 hours'), now + 4 * HOUR_MS),
    row(t('Until tomorrow morning'), tomorrowAt),
  ];
}
