import type { CommandId } from './commands.ts';

export const CONTAINER = { id: 'planward', title: 'Planward', icon: 'media/planward.svg' } as const;

export interface ViewEntry {
  readonly id: string;
  readonly name: string;
  readonly icon: string;
  readonly welcome: readonly { readonly when: string; readonly text: string }[];
  /** Commands in the title bar, first ones first. */
  readonly title: readonly CommandId[];
}

const STARTING = { when: '!planward.relay || planward.relay == starting', text: 'The relay is starting.' };
const UNREADABLE = {
  when: 'planward.relay == unknown',
  text: 'The relay cannot be read by this version of Planward. The [log](command:planward.showLog) says more.',
};

/** The views of the sidebar, top first. An empty one says the one next step, whatever the relay does. */
export const VIEWS = [
  {
    id: 'planward.plans',
    name: 'Plans',
    icon: 'media/planward.svg',
    title: ['planward.openDashboard', 'planward.showPlanUsage', 'planward.openSettings'],
    welcome: [
      {
        when: 'planward.relay == live && !planward.routed',
        text: 'No plan has been seen yet. It appears with an agent’s first request.\n[Connect an Agent](command:planward.connectAgent)\nOr [try the demo](command:planward.tryDemo) first.',
      },
      {
        when: 'planward.relay == live && planward.routed',
        text: 'No plan has been seen yet. Send your agent a prompt: its plan appears here with the first request.',
      },
      {
        when: 'planward.relay == lost',
        text: 'The relay is off, so nothing is measured.\n[Start Relay](command:planward.startRelay)\nThe [log](command:planward.showLog) says why it is off.',
      },
      STARTING,
      UNREADABLE,
    ],
  },
  {
    id: 'planward.agents',
    name: 'Agents',
    icon: 'media/planward.svg',
    title: ['planward.connectAgent', 'planward.showJournal'],
    welcome: [
      {
        when: 'planward.relay == live || planward.relay == lost',
        text: 'No agent is connected.\n[Connect an Agent](command:planward.connectAgent)',
      },
      STARTING,
      UNREADABLE,
    ],
  },
  {
    id: 'planward.violations',
    name: 'Violations',
    icon: 'media/planward.svg',
    title: ['planward.groupViolations', 'planward.setMode', 'planward.explainRule'],
    welcome: [
      {
        when: 'planward.relay == live',
        text: 'No open flag. A request that a plan’s terms may not cover appears here with the rule and the evidence.\n[Read the Rules](command:planward.explainRule)',
      },
      {
        when: 'planward.relay == lost',
        text: 'The relay is off, so nothing is judged. [Start it](command:planward.startRelay).',
      },
      STARTING,
      UNREADABLE,
    ],
  },
  {
    id: 'planward.incidents',
    name: 'Incidents',
    icon: 'media/planward.svg',
    title: ['planward.explainCode'],
    welcome: [
      {
        when: 'planward.relay == live',
        text: 'No provider has refused anything. A refusal appears here with its likely cause and what helps.\n[Explain an Error Code](command:planward.explainCode)',
      },
      {
        when: 'planward.relay == lost',
        text: 'The relay is off, so no refusal is seen. [Start it](command:planward.startRelay).',
      },
      STARTING,
      UNREADABLE,
    ],
  },
  {
    id: 'planward.activity',
    name: 'Activity',
    icon: 'media/planward.svg',
    title: ['planward.showLog'],
    welcome: [
      {
        when: 'planward.relay == live',
        text: 'No request has passed the relay yet. [Get Started](command:planward.openWalkthrough) shows how one does.',
      },
      {
        when: 'planward.relay == lost',
        text: 'The relay is off, so no request passes it. [Start it](command:planward.startRelay).',
      },
      STARTING,
      UNREADABLE,
    ],
  },
] as const satisfies readonly ViewEntry[];
