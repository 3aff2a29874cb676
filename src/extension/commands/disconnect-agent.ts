import { basename } from 'node:path';
import { commands, window } from 'vscode';
import { agentName, findAgent } from '../../agents/list.ts';
import { profileEntries } from '../../connect/agent-profiles.ts';
import { disconnectAgent as disconnect, planDisconnection } from '../../connect/disconnect-agent.ts';
import type { DisconnectPlan } from '../../connect/disconnect-agent.ts';
import { openJournal } from '../../connect/journal.ts';
import type { Connected } from '../../connect/journal.ts';
import { planStrays, restoreStrays } from '../../connect/restore-direct.ts';
import { hideSecrets } from '../../connect/show-diff.ts';
import { takeBackProfiles } from '../agent-profiles.ts';
import { placesHere } from '../places.ts';
import { presentConfirmation } from '../present/connect-picks.ts';
import { presentHints } from '../present/hints-page.ts';
import { plainText } from '../present/plain-text.ts';
import { without } from '../relay-controls.ts';
import { readPlace } from '../settings.ts';
import { restoreEditorSettings } from '../editor-settings.ts';
import { closeDiff } from './close-diff.ts';
import type { CommandDeps } from './command-deps.ts';
import { pickFrom } from './pick-from.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/** Puts an agent's file back as it was. Where somebody changed it since, only our address, after the diff was shown. */
export async function disconnectAgent(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, machine } = deps;
  const { t } = voice;
  machine.look();
  const open = openConnections(deps);
  if (open === undefined) return;
  const stray = machine.states().filter(({ state }) => state === 'connected');
  const profiles = profileEntries(readPlace().home);
  const ids = [...new Set([...open, ...stray, ...profiles].map((each) => each.agentId))];
  if (ids.length === 0) return sayDone(t('No agent is connected.'));
  const agentId =
    subjectOf(argument) ??
    (await pickFrom(
      ids.map((id) => ({ kind: 'line', label: agentName(id), value: id }) as const),
      { title: t('Planward: disconnect an agent'), placeholder: t('Its settings file becomes what it was') },
    ));
  if (agentId === undefined) return;
  const mine = open.filter((connected) => connected.agentId === agentId);
  for (const connected of mine) if (!(await putBack(deps, connected))) return;
  if (!putBackStray(deps, agentId, mine.length)) return;
  await restoreEditorSettings(readPlace().home, agentId);
  if (!(await putBackProfile(deps, agentId))) return;
  const told = await deps.controls.change(({ routedAgents }) => ({ routedAgents: without(routedAgents, agentId) }));
  if (!told.ok) deps.log.warn(`the relay was not told: ${told.message}`);
  machine.look();
  deps.state.redraw();
}

/** The profile of ours in the agent's own extension goes. False where it is still there. */
async function putBackProfile(deps: CommandDeps, agentId: string): Promise<boolean> {
  const { t } = deps.voice;
  const { home } = readPlace();
  const mine = profileEntries(home).find((each) => each.agentId === agentId);
  if (mine === undefined) return true;
  const name = agentName(agentId);
  const [back] = await takeBackProfiles(home, agentId);
  if (back !== undefined) {
    const says = t('{0} is disconnected; it uses the profile {1} again.', name, mine.before ?? '');
    const none = t('{0} is disconnected; its profile {1} is gone.', name, mine.profile);
    void window.showInformationMessage(plainText(mine.before === undefined ? none : says, 400));
    return true;
  }
  if (!profileEntries(home).some((each) => each.agentId === agentId)) return true; // changed since: it is the user's own now
  sayFailure(
    deps,
    t('{0} was not reached. Choose another profile in its settings, and delete {1}.', name, mine.profile),
  );
  return false;
}

function openConnections(deps: CommandDeps): readonly Connected[] | undefined {
  const { t } = deps.voice;
  const { home } = readPlace();
  try {
    return openJournal(home).open();
  } catch (error) {
    sayFailure(deps, t('The journal in {0} cannot be read: {1}', home, (error as Error).message));
    return undefined;
  }
}

async function putBack(deps: CommandDeps, connected: Connected): Promise<boolean> {
  const { voice, pages } = deps;
  const { t } = voice;
  const name = agentName(connected.agentId);
  const plan = planDisconnection(connected);
  if (plan.kind === 'blocked') {
    const title = t('Disconnect {0}', name);
    await pages.showMarkdown(`${connected.agentId}.md`, presentHints(voice, title, plan.message, plan.hints));
    return false;
  }
  if (plan.kind === 'our-keys' && !(await mayPutBackAddress(deps, plan))) return false;
  const done = disconnect(plan, { home: readPlace().home, now: Date.now() });
  if (!done.ok) {
    sayFailure(deps, done.message);
    return false;
  }
  const words = {
    exact: t('{0} is disconnected; {1} is as it was.', name, connected.path),
    'our-keys': t('{0} is disconnected; {1} has its own address again.', name, connected.path),
    gone: t('{0} is disconnected; nothing of ours was left in {1}.', name, connected.path),
  };
  void window.showInformationMessage(plainText(words[done.how], 400));
  return true;
}

async function mayPutBackAddress(
  { voice, pages }: CommandDeps,
  plan: Extract<DisconnectPlan, { kind: 'our-keys' }>,
): Promise<boolean> {
  const { t } = voice;
  const { path, agentId } = plan.connected;
  const name = basename(path);
  const now = pages.put(`${agentId}/${t('now')}/${name}`, hideSecrets(plan.file.text));
  const then = pages.put(`${agentId}/${t('then')}/${name}`, hideSecrets(plan.text));
  await commands.executeCommand('vscode.diff', now, then, t('{0}: what changes in {1}', agentName(agentId), name), {
    preview: true,
    preserveFocus: true,
  });
  const backwards = plan.connected.changes
    .filter(({ label }) => !plan.others.includes(label))
    .map(({ label, before: after, after: before }) => ({ label, before, after }));
  const sure = await pickFrom(presentConfirmation(voice, path, backwards), {
    title: t('Planward: disconnect {0}', agentName(agentId)),
    placeholder: t('The file was changed since. Put back only the address?'),
    stays: true,
  });
  await closeDiff(then);
  return sure === 'go';
}

/** A relay address that no journal knows of becomes the provider's own. True where nothing is in the way. */
function putBackStray(deps: CommandDeps, agentId: string, known: number): boolean {
  const agent = findAgent(agentId);
  const plan = agent === undefined ? undefined : planStrays(agent, placesHere());
  if (agent === undefined || plan === undefined) return true;
  const done = restoreStrays(plan);
  if (!done.ok) {
    sayFailure(deps, `${done.message}.`);
    return false;
  }
  if (known === 0) {
    const { t } = deps.voice;
    void window.showInformationMessage(
      plainText(t('{0} is disconnected; {1} has its own address again.', agent.name, plan.file.path), 400),
    );
  }
  return true;
}
