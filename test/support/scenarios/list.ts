import { PLAN_CREDITS } from '../mock-quota.ts';
import { fail, type Script } from '../mock-reply.ts';
import type { MockOptions } from '../mock-provider.ts';

/** A day with a plan, played in some seconds. */
export interface DemoScenario {
  readonly id: string;
  /** One plain English sentence: what there is to see. */
  readonly about: string;
  readonly mock?: Pick<MockOptions, 'creditsBefore' | 'maxInFlight' | 'plan'>;
  /** Pairs of simulated agents at work at the same time. Default 1. */
  readonly pairs?: number;
  /** What the agents are asked. Default: coding. */
  readonly prompts?: readonly string[];
  /** Answers instead of the usual ones. */
  readonly script?: (usual: Script) => Script;
  /** The relay ends after so many answered requests. */
  readonly relayEndsAfter?: number;
}

export const SCENARIOS: readonly DemoScenario[] = [
  { id: 'normal-day', about: 'Two agents at work on a plan that is a third used.' },
  {
    id: 'burst',
    about: 'Too many requests at once: the provider answers 1302.',
    mock: { maxInFlight: 2 },
    pairs: 4,
  },
  {
    id: 'off-scope-evening',
    about: 'Requests that are no coding: flags in the Violations view.',
    prompts: [
      'Write a bedtime story about a dragon who is afraid of the dark, for my five-year-old daughter.',
      'Plan a three-day trip to Lisbon with restaurants and a packing list.',
      'Write a birthday poem for my grandmother in four verses.',
      'Give me a weekly meal plan with a vegetarian dinner for every day.',
    ],
  },
  {
    id: 'policy-stop',
    about: 'The provider stops the key for its terms with 1313.',
    script: (usual) => after(3, usual, () => fail('1313')),
  },
  {
    id: 'weekly-exhausted',
    about: 'The week is used up: every request is refused with 1310.',
    mock: { creditsBefore: PLAN_CREDITS.pro * 5 },
    script: () => () => fail('1310'),
  },
  { id: 'relay-lost', about: 'The relay ends in the middle of work.', relayEndsAfter: 5 },
];

export function scenarioOf(id: string): DemoScenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}

function after(count: number, first: Script, then: Script): Script {
  let served = 0;
  return (request) => (served++ < count ? first(request) : then(request));
}
