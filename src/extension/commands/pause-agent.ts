import { window } from 'vscode';
import { plainText } from '../present/plain-text.ts';
import { including } from '../relay-controls.ts';
import type { CommandDeps } from './command-deps.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Holds an agent's requests until it is resumed; after the relay's longest wait each is answered with a clear sentence. */
export async function pauseAgent(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, state, controls } = deps;
  const { t } = voice;
  const agents = (state.current().snapshot?.agents ?? []).filter(
    ({ agentId, paused }) => agentId !== 'unknown' && !paused,
  );
  const named = subjectOf(argument);
  const choices = [...new Map(agents.map((agent) => [agent.agentId, agent])).values()];
  if (named === undefined && choices.length === 0) {
    sayDone(t('No agent that could be paused has sent a request yet.'));
    return;
  }
  const picked =
    named === undefined
      ? await window.showQuickPick(
          choices.map(({ agentId, agentName }) => ({ label: plainText(agentName, 40), agentId })),
          { title: t('Planward: pause an agent'), placeHolder: t('Its requests are held until you resume it') },
        )
      : { agentId: named, label: choices.find(({ agentId }) => agentId === named)?.agentName ?? named };
  if (picked === undefined) return;
  const done = await controls.change(({ pausedAgents }) => ({ pausedAgents: including(pausedAgents, picked.agentId) }));
  if (!done.ok) return sayFailure(deps, t('{0} was not paused. {1}', picked.label, done.message));
  sayDone(t('{0} is paused. Each of its requests is held for up to {1} s.', picked.label, done.value.maxWaitSeconds));
}
