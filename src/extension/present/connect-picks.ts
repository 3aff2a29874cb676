import type { AgentState } from '../../connect/inspect-agent.ts';
import type { Agent } from '../../core/agent.ts';
import { languageOf } from '../../core/text.ts';
import type { Obstacles, Option } from '../connection-plans.ts';
import { nameProvider } from './exchange-words.ts';
import { inVoice } from './in-voice.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';
import { wrapWords } from './wrap-words.ts';

/** A row of a pick list. `value` is undefined for separators and for lines that only inform. */
export interface Pick<T> {
  readonly kind: 'separator' | 'line';
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value?: T;
}

const LINE_CHARACTERS = 76;

/** The agents, those found on this machine first, each with how it stands; `others` above those that are not there. */
export function presentAgentPicks(
  voice: Voice,
  states: readonly AgentState[],
  others: readonly Pick<string>[] = [],
): Pick<string>[] {
  const { t } = voice;
  const group = (title: string, members: readonly AgentState[]): Pick<string>[] =>
    members.length === 0
      ? []
      : [{ kind: 'separator', label: title }, ...members.map((state) => presentAgent(voice, state))];
  const found = states.filter(({ state }) => state === 'direct' || state === 'connected' || state === 'unreadable');
  return [
    ...group(t('Found on this machine'), found),
    ...group(
      t('Connected by hand'),
      states.filter(({ state }) => state === 'by-hand'),
    ),
    ...others,
    ...group(
      t('Not found on this machine'),
      states.filter(({ state }) => state === 'absent'),
    ),
  ];
}

function presentAgent(voice: Voice, state: AgentState): Pick<string> {
  const { t } = voice;
  const leads = state.addresses.find((address) => address.leads !== 'elsewhere');
  const provider = leads?.providerId === undefined ? undefined : nameProvider(undefined, leads.providerId);
  const words = {
    connected: provider === undefined ? t('connected') : t('connected, → relay → {0}', provider),
    direct: provider === undefined ? t('direct') : t('direct, → {0}', provider),
    'by-hand': t('its settings are changed by hand'),
    absent: t('no settings file'),
    unreadable: t('its settings file cannot be read'),
  };
  return {
    kind: 'line',
    label: plainText(state.name, 40),
    description: words[state.state],
    ...(state.file === undefined
      ? {}
      : { detail: plainText(state.message === undefined ? state.file : inVoice(voice, state.message), 160) }),
    value: state.agentId,
  };
}

/** The providers an agent can be connected to; what it uses now first. */
export function presentProviderPicks({ t }: Voice, options: readonly Option[]): Pick<Option>[] {
  return options.map((option) => ({
    kind: 'line',
    label: option.reaches.map((id) => nameProvider(undefined, id)).join(', '),
    description: option.providerId === undefined ? t('as it is now') : t('with your key for it'),
    value: option,
  }));
}

export type Choice = 'go' | 'go-no-proxy' | 'stop';

/** What connecting costs and what is in the way, to be read before anything is shown or written. */
export function presentCosts(voice: Voice, agent: Agent, option: Option, obstacles: Obstacles): Pick<Choice>[] {
  const { t } = voice;
  const { overrides, proxy } = obstacles;
  const proxyLines =
    proxy === undefined
      ? []
      : [
          t(
            '{0} would send requests for this machine to the proxy. Agents need NO_PROXY={1}.',
            proxy.variables.join(', '),
            proxy.noProxy,
          ),
        ];
  const language = languageOf(voice.locale);
  const costs = (agent.connection?.costs ?? []).map((cost) => cost[language]);
  const inTheWay = [...overrides.map((where) => t('{0} wins over the agent’s own file.', where)), ...proxyLines];
  const canWriteProxy = proxy !== undefined && agent.connection?.environmentKey !== undefined;
  return [
    {
      kind: 'line',
      label: `$(diff) ${t('Show what changes…')}`,
      description: t('nothing is written yet'),
      value: 'go',
    },
    ...(canWriteProxy
      ? [
          {
            kind: 'line' as const,
            label: `$(diff) ${t('Show what changes, NO_PROXY included…')}`,
            description: t('keeps its traffic to this machine away from the proxy'),
            value: 'go-no-proxy' as const,
          },
        ]
      : []),
    { kind: 'line', label: `$(close) ${t('Leave it as it is')}`, value: 'stop' },
    ...lines(t('What you give up or have to know'), 'info', [...costs, ...option.plan.left]),
    ...lines(t('In the way'), 'warning', inTheWay),
  ];
}

/** One address that changes; null where there is none. */
export interface AddressChange {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The last word, asked beside the diff; the addresses are repeated, since the list may stand over them. */
export function presentConfirmation({ t }: Voice, path: string, changes: readonly AddressChange[]): Pick<Choice>[] {
  const row = (icon: string, label: string, value: string | null): Pick<Choice>[] =>
    value === null ? [] : [{ kind: 'line', label: `$(${icon}) ${plainText(label, 32)}: ${plainText(value, 160)}` }];
  return [
    { kind: 'line', label: `$(check) ${t('Write it')}`, description: plainText(path, 120), value: 'go' },
    { kind: 'line', label: `$(close) ${t('Leave it as it is')}`, value: 'stop' },
    { kind: 'separator', label: '' },
    ...changes.flatMap(({ label, before, after }) => [...row('remove', label, before), ...row('add', label, after)]),
  ];
}

/** Sentences as rows; a long one goes on in the rows below, since a row is cut at the list's edge. */
function lines(title: string, icon: string, sentences: readonly string[]): Pick<Choice>[] {
  if (sentences.length === 0) return [];
  return [
    // A separator's own words would stand over the end of the first row.
    { kind: 'separator', label: '' },
    { kind: 'line', label: title },
    ...sentences.flatMap((sentence) =>
      wrapWords(plainText(sentence, 600), LINE_CHARACTERS).map((line, i): Pick<Choice> => ({
        kind: 'line',
        label: i === 0 ? `$(${icon}) ${line}` : `$(blank) ${line}`,
      })),
    ),
  ];
}
