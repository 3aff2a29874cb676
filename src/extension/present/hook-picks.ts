import { findHook } from '../../agents/hooks/list.ts';
import type { AgentState } from '../../connect/inspect-agent.ts';
import type { Pick } from './connect-picks.ts';
import type { Voice } from './voice.ts';

const PREFIX = 'hook:';

/** Agents of this machine that have a hook of their own, below those that can be pointed at the relay. */
export function presentHookPicks({ t }: Voice, states: readonly AgentState[]): Pick<string>[] {
  const found = states.filter(({ agentId, state }) => state !== 'absent' && findHook(agentId) !== undefined);
  if (found.length === 0) return [];
  return [
    { kind: 'separator', label: t('Without the relay') },
    ...found.map(({ agentId, name }): Pick<string> => ({
      kind: 'line',
      label: `$(shield) ${t('Prompt hook for {0}', name)}`,
      description: t('asks before each prompt'),
      value: `${PREFIX}${agentId}`,
    })),
  ];
}

/** The agent whose hook was picked; undefined for any other choice. */
export function hookPicked(choice: string): string | undefined {
  return choice.startsWith(PREFIX) ? choice.slice(PREFIX.length) : undefined;
}
