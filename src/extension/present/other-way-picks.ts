import { findHook } from '../../agents/hooks/list.ts';
import { findStatusLine } from '../../agents/status-lines/list.ts';
import type { AgentState } from '../../connect/inspect-agent.ts';
import type { Choice, Pick } from './connect-picks.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** Ways beside the relay in which an agent can be seen, as the list of agents offers them. */
export type OtherWay =
  | { readonly way: 'hook' | 'statusline'; readonly agentId: string }
  /** One switch for all agents. */
  | { readonly way: 'files' };

const FILES = 'way:files';
const ONE = /^way:(hook|statusline):(.+)$/;

/** Agents of this machine that have a hook or a status line of their own, and their files, below those for the relay. */
export function presentOtherWays({ t }: Voice, states: readonly AgentState[]): Pick<string>[] {
  const found = states.filter(({ state }) => state !== 'absent');
  const hooked = found.filter(({ agentId }) => findHook(agentId) !== undefined);
  const lined = found.filter(({ agentId }) => findStatusLine(agentId) !== undefined);
  return [
    { kind: 'separator', label: t('Without the relay') },
    ...hooked.map(({ agentId, name }): Pick<string> => ({
      kind: 'line',
      label: `$(shield) ${t('Prompt hook for {0}', name)}`,
      description: t('asks before each prompt'),
      value: `way:hook:${agentId}`,
    })),
    ...lined.map(({ agentId, name }): Pick<string> => ({
      kind: 'line',
      label: `$(graph-line) ${t('Status line for {0}', name)}`,
      description: t('shows the plan in the agent, tells its figures'),
      value: `way:statusline:${agentId}`,
    })),
    {
      kind: 'line',
      label: `$(files) ${t('Agents’ own files')}`,
      description: t('count what did not go through the relay'),
      value: FILES,
    },
  ];
}

/** The way that was picked; undefined for any other choice. */
export function otherWayPicked(choice: string): OtherWay | undefined {
  if (choice === FILES) return { way: 'files' };
  const [, way, agentId] = ONE.exec(choice) ?? [];
  return way === undefined || agentId === undefined ? undefined : { way: way as 'hook' | 'statusline', agentId };
}

/** Which files are read, before the user says yes or, where they are read, no. */
export function presentAgentFiles(
  { t }: Voice,
  isOn: boolean,
  places: readonly (readonly [agent: string, files: readonly string[]])[],
): Pick<Choice>[] {
  return [
    isOn
      ? { kind: 'line', label: `$(circle-slash) ${t('Stop reading them')}`, value: 'go' }
      : {
          kind: 'line',
          label: `$(check) ${t('Read them')}`,
          description: t('the setting {0}', 'planward.relay.agentFiles'),
          value: 'go',
        },
    { kind: 'line', label: `$(close) ${t('Leave it as it is')}`, value: 'stop' },
    { kind: 'separator', label: '' },
    ...places.flatMap(([agent, files]) =>
      files.map((file): Pick<Choice> => ({
        kind: 'line',
        label: `$(file) ${plainText(agent, 40)}`,
        description: plainText(file, 120),
      })),
    ),
  ];
}
