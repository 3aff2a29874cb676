import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { basename } from 'node:path';
import { commands, window } from 'vscode';
import { findAgent } from '../../agents/list.ts';
import { rememberHome } from '../../connect/known-homes.ts';
import type { ConnectRefusal } from '../../connect/plan-connection.ts';
import { hideSecrets } from '../../connect/show-diff.ts';
import type { Agent } from '../../core/agent.ts';
import { carryOut, obstaclesFor, optionsFor, planAgain, planFor } from '../connection-plans.ts';
import type { Option, RelayPlace } from '../connection-plans.ts';
import {
  presentAgentPicks,
  presentConfirmation,
  presentCosts,
  presentProviderPicks,
} from '../present/connect-picks.ts';
import { changeEditorSettings, editorChanges } from '../editor-settings.ts';
import { nameProvider } from '../present/exchange-words.ts';
import { inVoice } from '../present/in-voice.ts';
import { presentHints } from '../present/hints-page.ts';
import { otherWayPicked, presentOtherWays, type OtherWay } from '../present/other-way-picks.ts';
import { plainText } from '../present/plain-text.ts';
import { including } from '../relay-controls.ts';
import { readPlace } from '../settings.ts';
import { awaitFirstRequest } from './await-first-request.ts';
import { awaitRelay } from './await-relay.ts';
import { closeDiff } from './close-diff.ts';
import { connectByProfile } from './connect-by-profile.ts';
import { connectHooks } from './connect-hooks.ts';
import { connectStatusLine } from './connect-status-line.ts';
import { projectFolder } from '../project-folder.ts';
import type { CommandDeps } from './command-deps.ts';
import { pickFrom } from './pick-from.ts';
import { readAgentFiles } from './read-agent-files.ts';
import { sayDone, sayFailure } from './say-failure.ts';
import { subjectOf } from './subject-of.ts';

/**
 * Points an agent at the relay: which agent, which provider, what it costs, what changes, then the user's word. Nothing is
 * written before that, and nothing at all without a relay that runs, since the agent would have nobody to talk to.
 */
export async function connectAgent(deps: CommandDeps, argument?: unknown): Promise<void> {
  const { voice, machine, controls } = deps;
  const { t } = voice;
  const endpoint = await awaitRelay(deps);
  if (endpoint === undefined) return sayFailure(deps, t('No agent was connected, because the relay is not running.'));
  machine.look();
  const named = subjectOf(argument);
  const chosen =
    named ??
    (await pickFrom(presentAgentPicks(voice, machine.states(), presentOtherWays(voice, machine.states())), {
      title: t('Planward: connect an agent'),
      placeholder: t('Which agent shall send through the relay?'),
    }));
  if (chosen === undefined) return;
  const other = otherWayPicked(chosen);
  if (other !== undefined) return await connectBeside(deps, other);
  const agent = findAgent(chosen);
  if (agent === undefined) return;
  const settings = await controls.settings();
  const upstreams = settings.ok ? Object.entries(settings.value.upstreams) : [];
  const relay: RelayPlace = {
    home: readPlace().home,
    origin: `http://127.0.0.1:${endpoint.port}`,
    gateways: upstreams.map(([providerId, origin]) => ({ providerId, origin })),
  };
  const offered = optionsFor(agent, relay);
  if (!offered.ok) {
    const byProfile = await connectByProfile(deps, agent, relay);
    if (byProfile === 'by-hand') {
      return await tellByHand(deps, agent, await nameProviderFor(deps, agent, relay, offered.refusal));
    }
    return byProfile === 'done' ? await connected(deps, agent, relay) : undefined;
  }
  const option = await chooseOption(deps, agent, offered.options);
  if (option === undefined) return;
  if (option.plan.changes.length === 0) {
    sayDone(t('{0} is connected already.', agent.name));
    return await awaitFirstRequest(deps, agent);
  }
  const noProxy = await confirm(deps, agent, relay, option);
  if (noProxy === undefined) return;
  const done = carryOut(agent, relay, option, { noProxy, now: Date.now(), newId: randomUUID });
  if (!done.ok) return await tellByHand(deps, agent, done);
  await offerEditorSettings(deps, agent, relay);
  await connected(deps, agent, relay);
}

/** It leads through the relay now: the relay has to stay, and its first request is waited for. */
async function connected(deps: CommandDeps, agent: Agent, relay: RelayPlace): Promise<void> {
  const { controls, machine } = deps;
  const { t } = deps.voice;
  rememberHome(homedir(), relay.home);
  const told = await controls.change(({ routedAgents }) => ({ routedAgents: including(routedAgents, agent.id) }));
  if (!told.ok) sayFailure(deps, t('The relay was not told that it has to stay. {0}', told.message));
  machine.look();
  deps.state.redraw();
  await awaitFirstRequest(deps, agent);
}

/** The ways beside the relay. */
async function connectBeside(deps: CommandDeps, other: OtherWay): Promise<void> {
  if (other.way === 'files') return await readAgentFiles(deps);
  const agent = findAgent(other.agentId);
  if (agent === undefined) return;
  await (other.way === 'hook' ? connectHooks(deps, agent) : connectStatusLine(deps, agent));
}

/** What the agent's own extension in VS Code needs beside its file, after the user saw it. */
async function offerEditorSettings(deps: CommandDeps, agent: Agent, relay: RelayPlace): Promise<void> {
  const { t } = deps.voice;
  const changes = editorChanges(agent, relay);
  if (changes.length === 0) return;
  const section = agent.connection?.editorSettings?.section ?? '';
  const shown = changes.map(({ key, before, after }) => ({
    label: `${section}.${key}`,
    before: before === null ? null : hideSecrets(JSON.stringify(before)),
    after: hideSecrets(JSON.stringify(after)),
  }));
  const sure = await pickFrom(presentConfirmation(deps.voice, t('VS Code settings'), shown), {
    title: t('Planward: connect {0}', agent.name),
    placeholder: t('Its extension in VS Code needs this too. Write it?'),
    stays: true,
  });
  if (sure !== 'go') return;
  try {
    await changeEditorSettings(agent, relay, changes, deps.storage);
  } catch (error) {
    sayFailure(deps, t('VS Code’s settings were not changed. {0}', (error as Error).message));
  }
}

async function chooseOption(
  { voice }: CommandDeps,
  agent: Agent,
  options: readonly Option[],
): Promise<Option | undefined> {
  if (options.length < 2) return options[0];
  return await pickFrom(presentProviderPicks(voice, options), {
    title: voice.t('Planward: connect {0}', agent.name),
    placeholder: voice.t('Which provider shall it reach through the relay?'),
  });
}

/** Whether NO_PROXY is to be written too; undefined where the user did not say yes. */
async function confirm(
  { voice, pages }: CommandDeps,
  agent: Agent,
  relay: RelayPlace,
  option: Option,
): Promise<boolean | undefined> {
  const { t } = voice;
  const title = t('Planward: connect {0}', agent.name);
  const obstacles = obstaclesFor(agent, projectFolder());
  const known = await pickFrom(presentCosts(voice, agent, option, obstacles), {
    title,
    placeholder: t('What it costs, before anything is written'),
    stays: true,
  });
  if (known === undefined || known === 'stop') return undefined;
  const plan = planAgain(agent, relay, option, known === 'go-no-proxy');
  if (!plan.ok) return undefined;
  const { path, text } = plan.found.file;
  const name = basename(path);
  const before = pages.put(`${agent.id}/${t('now')}/${name}`, hideSecrets(text));
  const after = pages.put(`${agent.id}/${t('then')}/${name}`, hideSecrets(plan.text));
  await commands.executeCommand('vscode.diff', before, after, t('{0}: what changes in {1}', agent.name, name), {
    preview: true,
    preserveFocus: true,
  });
  const sure = await pickFrom(presentConfirmation(voice, path, plan.changes), {
    title,
    placeholder: t('Write this change?'),
    stays: true,
  });
  await closeDiff(after);
  return sure === 'go' ? known === 'go-no-proxy' : undefined;
}

/** With the provider the user names, what is to be done by hand has its address in it. */
async function nameProviderFor(
  { voice }: CommandDeps,
  agent: Agent,
  relay: RelayPlace,
  refusal: ConnectRefusal,
): Promise<ConnectRefusal> {
  const { providers } = refusal;
  if (providers === undefined) return refusal;
  const picked = await pickFrom(
    providers.map((id) => ({ kind: 'line', label: nameProvider(undefined, id), value: id }) as const),
    {
      title: voice.t('Planward: connect {0}', agent.name),
      placeholder: voice.t('Which provider shall it reach through the relay?'),
    },
  );
  if (picked === undefined) return refusal;
  const named = planFor(agent, relay, picked);
  return named.ok ? refusal : named;
}

/** Where no file can be edited, the steps stand on a page that stays open while they are done. */
async function tellByHand(
  { voice, pages, log }: CommandDeps,
  agent: Agent,
  { message, hints }: { readonly message: string; readonly hints: readonly string[] },
): Promise<void> {
  log.info(message);
  if (hints.length === 0) {
    void window.showWarningMessage(plainText(inVoice(voice, message), 600));
    return;
  }
  await pages.showMarkdown(`${agent.id}.md`, presentHints(voice, voice.t('Connect {0}', agent.name), message, hints));
}
