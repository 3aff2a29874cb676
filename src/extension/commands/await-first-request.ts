import { ProgressLocation, window } from 'vscode';
import type { CancellationToken } from 'vscode';
import type { Agent } from '../../core/agent.ts';
import { languageOf } from '../../core/text.ts';
import type { ExchangeView } from '../../core/snapshot.ts';
import { obstaclesFor } from '../connection-plans.ts';
import { firstRequestOf, presentFirstRequest, presentObstacles } from '../present/first-request.ts';
import { presentHints } from '../present/hints-page.ts';
import type { State } from '../state.ts';
import { projectFolder } from '../project-folder.ts';
import type { CommandDeps } from './command-deps.ts';

const LONGEST_MS = 3 * 60_000;

/** Waits for an agent's first request and says how it went, or what may be in the way. The user can stop waiting. */
export async function awaitFirstRequest({ voice, state, pages }: CommandDeps, agent: Agent): Promise<void> {
  const { t } = voice;
  const began = Date.now();
  const title = t('{0} is connected; waiting for its first request', agent.name);
  const first = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      progress.report({ message: agent.connection?.restart[languageOf(voice.locale)] ?? '' });
      return waitFor(state, agent.id, began, token);
    },
  );
  if (first === 'cancelled') return;
  if (first !== 'nothing') {
    const { works, text } = presentFirstRequest(voice, state.current().snapshot, agent, first);
    void (works ? window.showInformationMessage(text) : window.showWarningMessage(text));
    return;
  }
  const why = t('What may be in the way');
  const chosen = await window.showWarningMessage(t('{0} has sent nothing through the relay yet.', agent.name), why);
  if (chosen !== why) return;
  const lines = presentObstacles(voice, agent, obstaclesFor(agent, projectFolder()));
  await pages.showMarkdown(`${agent.id}-waiting.md`, presentHints(voice, why, title, lines));
}

async function waitFor(
  state: State,
  agentId: string,
  since: number,
  token: CancellationToken,
): Promise<ExchangeView | 'nothing' | 'cancelled'> {
  const ends: { dispose(): void }[] = [];
  try {
    return await new Promise((resolve) => {
      const timer = setTimeout(() => resolve('nothing'), LONGEST_MS);
      ends.push({ dispose: () => clearTimeout(timer) });
      ends.push(token.onCancellationRequested(() => resolve('cancelled')));
      ends.push(
        state.draw(({ snapshot }) => {
          const first = firstRequestOf(snapshot, agentId, since);
          if (first !== undefined) resolve(first);
        }),
      );
    });
  } finally {
    for (const end of ends) end.dispose();
  }
}
