import { TERMINAL_ROUTES } from '../agents/terminal-routes.ts';
import { DEFAULT_PORT } from '../protocol/endpoint.ts';

/**
 * The one list of what Planward adds to VS Code. `scripts/generate.ts` writes `package.json#contributes`,
 * `package.nls.json` and `docs/settings.md` from it. Adding a command, setting, view or colour starts here.
 */

export interface CommandEntry {
  readonly id: string;
  readonly title: string;
  readonly icon?: string;
  /** Where the palette shows it; everywhere if absent. */
  readonly when?: string;
}

export const COMMANDS = [
  { id: 'planward.showPlanUsage', title: 'Show Plan Usage', icon: 'graph' },
  { id: 'planward.startRelay', title: 'Start Relay', icon: 'play', when: 'planward.relay != live' },
  { id: 'planward.restartRelay', title: 'Restart Relay', icon: 'refresh' },
  { id: 'planward.copyDiagnostics', title: 'Copy Diagnostics', icon: 'clippy' },
  { id: 'planward.openSettings', title: 'Open Settings', icon: 'gear' },
  { id: 'planward.showLog', title: 'Show Log', icon: 'output' },
] as const satisfies readonly CommandEntry[];

export type CommandId = (typeof COMMANDS)[number]['id'];

export interface SettingEntry {
  /** Without the leading `planward.`. */
  readonly key: string;
  readonly section: 'relay' | 'providers' | 'meter' | 'terminals';
  /** JSON Schema of the value, without texts. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly default: unknown;
  /** `machine`: one value per machine, since one relay serves every window; a workspace cannot change it. */
  readonly scope: 'machine' | 'window';
  readonly description: string;
  /** Keys the settings editor offers for a value by provider: their ids, or also their plans as values. */
  readonly offer?: 'providers' | 'plans';
  readonly choices?: readonly { readonly value: string; readonly description: string }[];
}

export const SETTINGS: readonly SettingEntry[] = [
  {
    key: 'relay.port',
    section: 'relay',
    schema: { type: 'integer', minimum: 1024, maximum: 65_535 },
    default: DEFAULT_PORT,
    scope: 'machine',
    description:
      'Port on 127.0.0.1 the relay listens on. Agents are pointed at this port, so change it only where another program needs it.',
  },
  {
    key: 'relay.autoStart',
    section: 'relay',
    schema: { type: 'boolean' },
    default: true,
    scope: 'machine',
    description: 'Start the relay when a window opens, and again should it end. Off: it starts when you ask for it.',
  },
  {
    key: 'relay.home',
    section: 'relay',
    schema: { type: 'string' },
    default: '',
    scope: 'machine',
    description:
      'Absolute path of the folder for ledger, log and endpoint file. Empty: `~/.planward`, or what the variable `PLANWARD_HOME` says.',
  },
  {
    key: 'relay.upstreams',
    section: 'relay',
    schema: { type: 'object', additionalProperties: { type: 'string', pattern: '^https?://' } },
    offer: 'providers',
    default: {},
    scope: 'machine',
    description:
      'Sends a provider’s requests to another address, such as a company gateway: provider id and the address without a slash at its end. Everything your agents send goes there, keys included.',
  },
  {
    key: 'relay.retentionDays',
    section: 'relay',
    schema: { type: 'integer', minimum: 1, maximum: 3660 },
    default: 400,
    scope: 'machine',
    description: 'How many days the ledger keeps what it counted. Prompts and answers are never kept.',
  },
  {
    key: 'providers.plans',
    section: 'providers',
    schema: { type: 'object', additionalProperties: { type: 'string' } },
    offer: 'plans',
    default: {},
    scope: 'machine',
    description: 'Your plan with a provider, where the provider does not say it itself: provider id and plan id.',
  },
  {
    key: 'providers.pollUsage',
    section: 'providers',
    schema: { type: 'object', additionalProperties: { type: 'boolean' } },
    offer: 'providers',
    default: {},
    scope: 'machine',
    description:
      'Whether a provider’s usage API may be asked how much of the plan is used, with the key seen on your own traffic: provider id and `true` or `false`. A provider that is not listed is asked once an agent has used it.',
  },
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
      { value: 'allWindows', description: 'Every window of the plan, shortest name first.' },
    ],
  },
  {
    key: 'meter.showRemaining',
    section: 'meter',
    schema: { type: 'boolean' },
    default: false,
    scope: 'window',
    description: 'Show what is left of a window instead of what is used.',
  },
  ...TERMINAL_ROUTES.map((route): SettingEntry => ({
    key: `terminals.${route.setting}`,
    section: 'terminals',
    schema: { type: 'string' },
    default: 'off',
    scope: 'machine',
    description: `Point ${route.agentName} at the relay in terminals opened from now on, by setting \`${route.variable}\`. ${route.note}`,
    choices: [
      { value: 'off', description: 'Terminals are left as they are.' },
      ...route.targets.map(({ providerId, description }) => ({ value: providerId, description })),
    ],
  })),
];

export const SECTIONS = {
  relay: 'Relay',
  providers: 'Providers',
  meter: 'Meter',
  terminals: 'Terminals',
} as const satisfies Record<SettingEntry['section'], string>;

export const CONTAINER = { id: 'planward', title: 'Planward', icon: 'media/planward.svg' } as const;

export interface ViewEntry {
  readonly id: string;
  readonly name: string;
  readonly icon: string;
  readonly welcome: readonly { readonly when: string; readonly text: string }[];
  /** Commands in the title bar, first ones first. */
  readonly title: readonly CommandId[];
}

export const VIEWS = [
  {
    id: 'planward.plans',
    name: 'Plans',
    icon: 'media/planward.svg',
    title: ['planward.showPlanUsage', 'planward.openSettings'],
    welcome: [
      {
        when: 'planward.relay == live',
        text: 'No plan has been seen yet. A plan appears here with the first request an agent sends through the relay.\n[Connect an Agent in Terminals](command:planward.openSettings?%5B%22planward.terminals%22%5D)',
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

export interface ColourEntry {
  readonly id: string;
  readonly description: string;
  readonly defaults: {
    readonly dark: string;
    readonly light: string;
    readonly highContrast: string;
    readonly highContrastLight: string;
  };
}

/** Faint enough to read as old, with a contrast of at least 4.5 on the default status bars. */
export const COLOURS = [
  {
    id: 'planward.meter.staleForeground',
    description: 'Text of the meter while its figure is old or not known.',
    defaults: {
      dark: '#CCCCCCA6',
      light: '#3B3B3BBF',
      highContrast: 'statusBar.foreground',
      highContrastLight: 'statusBar.foreground',
    },
  },
] as const satisfies readonly ColourEntry[];
