export interface WalkthroughStep {
  readonly id: string;
  readonly title: string;
  /** Markdown; a command link on a line of its own becomes a button. */
  readonly description: string;
  /** Picture in the extension's folder, and what it shows in words. */
  readonly picture: string;
  readonly alt: string;
  readonly done: readonly string[];
}

export const WALKTHROUGH = {
  id: 'planward.start',
  title: 'Get Started with Planward',
  description: 'Six steps to a meter that knows your coding plan.',
  steps: [
    {
      id: 'relay',
      title: 'The relay is running',
      description:
        'Planward starts a small relay on this machine. Agents that you connect send their requests through it; every byte is passed on unchanged, and nothing leaves this machine but what your agents send anyway.\n[Start Relay](command:planward.startRelay)',
      picture: 'media/walkthrough/relay.svg',
      alt: 'Agents on the left, the relay in the middle, providers on the right.',
      done: ['onContext:planward.step.relay', 'onContext:planward.relay == live', 'onCommand:planward.startRelay'],
    },
    {
      id: 'connect',
      title: 'Connect an agent',
      description:
        'Choose one of the agents found on this machine. You see what it costs and what changes in its settings file before anything is written. **Restore Direct Connections** takes everything back at any time.\n[Connect an Agent](command:planward.connectAgent)',
      picture: 'media/walkthrough/connect.svg',
      alt: 'A settings file in which one address changes.',
      done: ['onContext:planward.step.routed', 'onContext:planward.routed'],
    },
    {
      id: 'meter',
      title: 'Read the meter',
      description:
        'The status bar shows the window that stops you first: how much is used, how far ahead of even use you are, and when it resets. Point at it for every window, with where each figure comes from and how old it is.\n[Show Plan Usage](command:planward.showPlanUsage)\n[Try the Demo](command:planward.tryDemo)',
      picture: 'media/walkthrough/meter.svg',
      alt: 'A bar that is two thirds full, with a mark for even use.',
      done: ['onCommand:planward.showPlanUsage', 'onCommand:planward.tryDemo'],
    },
    {
      id: 'plan',
      title: 'Choose your plan',
      description:
        'Most providers say which plan you have once an agent has used it; nobody asks you for a key. Where one does not say it, choose the plan here, and windows get their size.\n[Choose the Plan](command:planward.openSettings?%22planward.providers.plans%22)',
      picture: 'media/walkthrough/plan.svg',
      alt: 'Three plans, the middle one chosen.',
      done: ['onSettingChanged:planward.providers.plans'],
    },
    {
      id: 'stored',
      title: 'What is stored, and what is not',
      description:
        'On this machine: times, sizes, models, tokens, error codes, and salted hashes of keys, sessions and folders. Never stored: keys, prompts, answers. Nothing is sent anywhere. **Export…** gives you all of it as a file.\n[Export](command:planward.export)',
      picture: 'media/walkthrough/stored.svg',
      alt: 'Rows of figures that are kept; a key and a text that are not.',
      done: ['onStepSelected'],
    },
    {
      id: 'errors',
      title: 'Understand an error',
      description:
        'When a provider refuses a request, the view **Incidents** says what likely lies behind it and what helps. Codes can be looked up at any time.\n[Explain an Error Code](command:planward.explainCode)',
      picture: 'media/walkthrough/errors.svg',
      alt: 'A refused request with its causes, the likely one first.',
      done: ['onCommand:planward.explainCode', 'onCommand:planward.explainLastError'],
    },
  ],
} as const satisfies {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly steps: readonly WalkthroughStep[];
};
