import type { Voice } from './voice.ts';

export interface DemoPick {
  readonly label: string;
  readonly detail: string;
  readonly scenario: string;
}

/** What the demo can play; ids are those of the demo program. */
export function presentDemoPicks({ t }: Voice): readonly DemoPick[] {
  return [
    {
      scenario: 'normal-day',
      label: t('A normal day'),
      detail: t('Two agents at work on a plan that is a third used'),
    },
    { scenario: 'burst', label: t('A burst'), detail: t('Too many requests at once: the provider refuses some') },
    {
      scenario: 'off-scope-evening',
      label: t('An evening off scope'),
      detail: t('Requests that are no coding, and what Planward flags'),
    },
    { scenario: 'policy-stop', label: t('A policy stop'), detail: t('The provider stops the key for its terms') },
    {
      scenario: 'weekly-exhausted',
      label: t('The week is used up'),
      detail: t('Every request is refused until the reset'),
    },
    { scenario: 'relay-lost', label: t('The relay is lost'), detail: t('It ends in the middle of work') },
  ];
}
