import { window } from 'vscode';
import { PROVIDER_ORIGINS, readDirectUrl, relayUrl } from '../../agents/relay-url.ts';
import type { Agent } from '../../core/agent.ts';
import { profilesOf } from '../agent-profiles.ts';
import type { RelayPlace } from '../connection-plans.ts';
import { presentConfirmation } from '../present/connect-picks.ts';
import { nameProvider } from '../present/exchange-words.ts';
import type { CommandDeps } from './command-deps.ts';
import { pickFrom } from './pick-from.ts';
import { sayFailure } from './say-failure.ts';

/**
 * Connects an agent whose settings lie in its own extension: a profile of ours is made there, which the user sees before.
 * `by-hand` where that extension is not installed, offers nothing or has a profile of that name which is not ours. The key is
 * handed on and kept nowhere.
 */
export async function connectByProfile(
  { voice, log }: CommandDeps,
  agent: Agent,
  relay: RelayPlace,
): Promise<'done' | 'stopped' | 'by-hand'> {
  const { t } = voice;
  const offered = agent.connection?.editorProfiles;
  const profiles = offered === undefined ? undefined : await profilesOf(agent.id, relay.home);
  if (offered === undefined || profiles === undefined || profiles.inTheWay() !== undefined) return 'by-hand';
  const title = t('Planward: connect {0}', agent.name);
  const origins = [...relay.gateways, ...PROVIDER_ORIGINS];
  const directs = Object.values(agent.connection?.directUrls ?? {}).flatMap((url) => readDirectUrl(url, origins) ?? []);
  const direct = await pickFrom(
    directs.map((each) => ({ kind: 'line', label: nameProvider(undefined, each.providerId), value: each }) as const),
    { title, placeholder: t('Which provider shall it reach through the relay?') },
  );
  if (direct === undefined) return 'stopped';
  const url = relayUrl(relay.origin, agent.id, direct);
  const changes = [
    { label: t('profile {0}', offered.name), before: null, after: url },
    { label: t('profile in use'), before: profiles.active() ?? null, after: offered.name },
  ];
  const sure = await pickFrom(presentConfirmation(voice, t('Settings of {0}', agent.name), changes), {
    title,
    placeholder: t('Write this change?'),
    stays: true,
  });
  if (sure !== 'go') return 'stopped';
  const key = await window.showInputBox({
    title,
    prompt: t(
      'Your key for {0}. {1} keeps it, Planward does not. Leave it empty to enter it there.',
      nameProvider(undefined, direct.providerId),
      agent.name,
    ),
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined) return 'stopped';
  try {
    await profiles.make(direct.providerId, url, key.trim() === '' ? undefined : key.trim());
    return 'done';
  } catch (error) {
    const { message } = error as Error;
    const without = key === '' ? message : message.replaceAll(key, '…');
    sayFailure({ voice, log }, t('{0} took no profile. {1}', agent.name, without));
    return 'stopped';
  }
}
