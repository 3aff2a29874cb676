import { TERMINAL_ROUTES } from '../../agents/terminal-routes.ts';
import { DEFAULT_PROVIDER } from '../../policies/default-provider.ts';
import { packs } from '../../policies/list.ts';
import { DEFAULT_PORT } from '../../protocol/endpoint.ts';
import { ALERT_SETTINGS } from './alert-settings.ts';
import { METER_SETTINGS } from './meter-settings.ts';
import type { SettingEntry } from './setting-entry.ts';

/**
 * Settings and colours that Planward adds to VS Code. `scripts/generate.ts` writes `package.json#contributes`,
 * `package.nls.json` and `docs/settings.md` from these files.
 */

const BUDGET_LINE = {
  type: 'object',
  properties: { percent: { type: 'number', minimum: 1, maximum: 100 }, units: { type: 'number', exclusiveMinimum: 0 } },
  additionalProperties: false,
};

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
    key: 'relay.agentFiles',
    section: 'relay',
    schema: { type: 'string' },
    default: 'off',
    scope: 'machine',
    description:
      'Whether the relay also reads the files in which agents on this machine write down what they used, so that turns count that did not go through it. No agent is asked over the network for this.',
    choices: [
      { value: 'off', description: 'They are not read.' },
      { value: 'usage', description: 'Tokens, models and times are read; no words of a conversation.' },
      {
        value: 'turns',
        description:
          'What you asked is read too and judged under the terms of the plan, where neither the relay nor a hook sees it. It stays in memory; flags keep what flags of relayed turns keep.',
      },
    ],
  },
  {
    key: 'relay.otelEndpoint',
    section: 'relay',
    schema: { type: 'string', pattern: '^($|https?://)' },
    default: '',
    scope: 'machine',
    description:
      'Base address of your own OpenTelemetry collector (OTLP over HTTP), such as `http://127.0.0.1:4318`. It gets models, tokens, times and error codes of every request; no prompt, no answer, no key. Empty: nothing is sent.',
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
      'Whether a provider’s usage API may be asked how much of the plan is used, with the key seen on your own traffic: provider id and `true` or `false`. A provider that is not listed is asked once an agent has used it; Google Antigravity, of which only the program on this machine is asked, only where it is `true`.',
  },
  {
    key: 'providers.accounts',
    section: 'providers',
    schema: { type: 'object', additionalProperties: { type: 'string', maxLength: 60 } },
    default: {},
    scope: 'machine',
    description:
      'What you call your accounts, where you use several keys with one provider: account key, as `planward status --json` shows it, and name. The key is a salted hash; it says nothing about the credential.',
  },
  {
    key: 'providers.prices',
    section: 'providers',
    schema: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['input', 'output'],
        properties: {
          input: { type: 'number', minimum: 0 },
          output: { type: 'number', minimum: 0 },
          cachedInput: { type: 'number', minimum: 0 },
          cacheWrite: { type: 'number', minimum: 0 },
        },
        additionalProperties: false,
      },
    },
    default: {},
    scope: 'machine',
    description:
      'What a model’s tokens cost at its API, in US dollars per million: model and `input`, `output`, `cachedInput`, `cacheWrite`. Goes before the prices that come with Planward, which tell what your use would cost without a plan.',
  },
  {
    key: 'providers.guards',
    section: 'providers',
    schema: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: {
          pauseAtPercent: { type: 'number', minimum: 1, maximum: 100 },
          offPeakOnly: { type: 'boolean' },
          budgets: {
            type: 'array',
            maxItems: 20,
            items: {
              type: 'object',
              required: ['window'],
              properties: {
                window: { type: 'string', minLength: 1, maxLength: 80 },
                soft: BUDGET_LINE,
                hard: BUDGET_LINE,
              },
              additionalProperties: false,
            },
          },
        },
        additionalProperties: false,
      },
    },
    default: {},
    scope: 'machine',
    description:
      'Your own limits below a provider’s, off where absent: provider id and `pauseAtPercent` (requests wait once any window is used to this share, and go on at its reset), `offPeakOnly` (requests wait in the plan’s peak hours), `budgets` (a `window` such as `five-hour` with a `soft` line, which is only said, and a `hard` one, at which requests wait; each a `percent` or an amount in `units`). The command **Set a Guard…** sets them, **Lift a Guard…** lets requests go on until the reset.',
  },
  {
    key: 'pacing.absorbRefusals',
    section: 'pacing',
    schema: { type: 'boolean' },
    default: true,
    scope: 'machine',
    description:
      'Whether a provider that is slowed down also has short rate refusals waited out, before the agent sees them. Never those of a used-up window or a policy stop. Off: requests are only queued.',
  },
  {
    key: 'pacing.maxWaitSeconds',
    section: 'pacing',
    schema: { type: 'integer', minimum: 5, maximum: 600 },
    default: 60,
    scope: 'machine',
    description:
      'Longest time that slowing down, a guard or a pause holds one request. After that it is sent, or answered where it may not be. Agents give up by themselves after some minutes.',
  },
  ...METER_SETTINGS,
  ...ALERT_SETTINGS,
  {
    key: 'scope.sensitivity',
    section: 'scope',
    schema: { type: 'string' },
    default: 'normal',
    scope: 'machine',
    description: 'How readily a turn or a prompt is called outside the terms.',
    choices: [
      { value: 'low', description: 'Only what is plain. Fewest false flags.' },
      { value: 'normal', description: 'As measured in the documentation of the scope model.' },
      { value: 'high', description: 'More is flagged, and more of it wrongly.' },
    ],
  },
  {
    key: 'scope.packs',
    section: 'scope',
    schema: { type: 'array', items: { type: 'string' }, maxItems: 50 },
    default: [],
    scope: 'machine',
    description:
      'Policy packs of your own: files, or folders of `*.json`, from the root or beginning with `~/`. They go before those that come with Planward, in the relay, in prompt files and in `planward check`, as do those in `~/.planward/policies`. A workspace cannot set this.',
  },
  {
    key: 'providers.modes',
    section: 'providers',
    schema: {
      type: 'object',
      additionalProperties: { type: 'string', enum: ['observe', 'warn', 'hold', 'block'] },
    },
    offer: 'providers',
    default: {},
    scope: 'machine',
    description:
      'What is done about turns outside the terms: provider id, or `provider/plan` for one plan, and `observe` (flagged afterwards), `warn` (sent, and told as it comes), `hold` (waits for your word) or `block` (answered by Planward, not sent). A provider that is not listed is observed. *Planward: Set Mode…* sets the same.',
  },
  {
    key: 'scope.holdSeconds',
    section: 'scope',
    schema: { type: 'integer', minimum: 5, maximum: 240 },
    default: 60,
    scope: 'machine',
    description:
      'How many seconds a held turn waits for your word. Agents give up on a silent request after five minutes or more.',
  },
  {
    key: 'scope.holdDefault',
    section: 'scope',
    schema: { type: 'string' },
    default: 'send',
    scope: 'machine',
    description: 'What becomes of a held turn when you say nothing, or no window is open to ask you.',
    choices: [
      { value: 'send', description: 'It is sent as it came.' },
      { value: 'stop', description: 'The agent is told in its chat that it was stopped.' },
    ],
  },
  {
    key: 'scope.storeExcerpts',
    section: 'scope',
    schema: { type: 'boolean' },
    default: false,
    scope: 'machine',
    description:
      'Let transcripts show what was asked. It is kept in the memory of the relay only, never on disk: the newest turns of the newest sessions, cut to 4,000 characters, without what looks like a key. Off: what was kept is forgotten.',
  },
  {
    key: 'scope.promptFiles',
    section: 'prompts',
    schema: { type: 'boolean' },
    default: true,
    scope: 'window',
    description:
      'Check prompt files in the editor against the plan’s terms: `*.prompt.md`, `*.chatmode.md`, `AGENTS.md`, `SKILL.md`, `HEARTBEAT.md` and the rules, instructions and scheduled jobs of the agents Planward knows. Nothing leaves this machine.',
  },
  {
    key: 'scope.plan',
    section: 'prompts',
    schema: { type: 'string', enum: packs.flatMap(({ providers }) => providers) },
    default: DEFAULT_PROVIDER,
    scope: 'window',
    description: 'Provider whose terms prompt files are checked against.',
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
  pacing: 'Pacing',
  meter: 'Meter',
  alerts: 'Alerts',
  scope: 'Scope',
  prompts: 'Prompt files',
  terminals: 'Terminals',
} as const satisfies Record<SettingEntry['section'], string>;

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
