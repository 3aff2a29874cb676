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

/** The views of the sidebar, top first. An empty one says the one next step. */
export const VIEWS = [
  {
    id: 'planward.plans',
    name: 'Plans',
    icon: 'media/planward.svg',
    title: ['planward.openDashboard', 'planward.showPlanUsage', 'planward.openSettings'],
    welcome: [
      {
        when: 'planward.relay == live',
        text: 'No plan has been seen yet. A plan appears here with the first request an agent sends through the relay.\n[Connect an Agent](command:planward.connectAgent)\nOr [try the demo](command:planward.tryDemo) first: simulated agents, no account.',
      },
      { when: 'planward.relay == starting', text: 'The relay is starting.' },
      {
        when: 'planward.relay == lost',
        text: 'The relay is off, so nothing is measured.\n[Start Relay](command:planward.startRelay)\nThe [log](command:planward.showLog) says why it is off.',
      },
      {
        when: 'planward.relay == unknown',
        text: 'The relay cannot be read by this version of Planward. The [log](command:planward.showLog) says more.',
      },
    ],
  },
  {
    id: 'planward.agents',
    name: 'Agents',
    icon: 'media/planward.svg',
    title: ['planward.connectAgent', 'planward.showJournal'],
    welcome: [
      {
        when: 'planward.relay != starting',
        text: 'No agent is connected.\n[Connect an Agent](command:planward.connectAgent)',
      },
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
        text: 'No open flag. A request that a plan’s terms may not cover appears here with the rule and the evidence.\n[Check This Prompt File](command:planward.checkPromptFile)',
      },
      { when: 'planward.relay != live', text: 'Nothing is judged while the relay is not running.' },
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
      { when: 'planward.relay != live', text: 'Nothing is watched while the relay is not running.' },
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
        text: 'No request has passed the relay yet. What your agents send, and what it used, is listed here.',
      },
      { when: 'planward.relay != live', text: 'Nothing to show while the relay is not running.' },
    ],
  },
] as const satisfies readonly ViewEntry[];
