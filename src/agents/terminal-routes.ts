/** A provider that an agent's base URL can name. */
export interface TerminalTarget {
  readonly providerId: string;
  /** Behind the relay's origin and agent mark: `zai/api/anthropic`. */
  readonly path: string;
  /** One plain English sentence for the settings page. */
  readonly description: string;
}

/** An agent that reads its base URL from the environment, so that a terminal can point it at the relay. */
export interface TerminalRoute {
  readonly agentId: string;
  readonly agentName: string;
  /** Last part of the setting that switches it on: `planward.terminals.<setting>`. */
  readonly setting: string;
  readonly variable: string;
  readonly targets: readonly TerminalTarget[];
  /** What the user should know before switching it on. */
  readonly note: string;
}

/** Add an agent: one entry here. */
export const TERMINAL_ROUTES: readonly TerminalRoute[] = [
  {
    agentId: 'claude-code',
    agentName: 'Claude Code',
    setting: 'claudeCode',
    variable: 'ANTHROPIC_BASE_URL',
    targets: [
      { providerId: 'zai', path: 'zai/api/anthropic', description: 'Through the relay to Z.AI, with your Z.AI key.' },
      {
        providerId: 'bigmodel',
        path: 'bigmodel/api/anthropic',
        description: 'Through the relay to BigModel (China), with your BigModel key.',
      },
      {
        providerId: 'anthropic',
        path: 'anthropic',
        // anthropics/claude-code#87876, read Nov 2026
        description:
          'Through the relay to Anthropic. Claude Code then hides its own plan meter and the 1M context, since it no longer sees the official address.',
      },
    ],
    note: 'A base URL in Claude Code’s own settings file wins over this one. Your key stays where it is.',
  },
];
