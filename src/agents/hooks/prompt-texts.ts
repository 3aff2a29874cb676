import { BUILT_IN_URLS } from '../built-in-urls.ts';
import { PROVIDER_ORIGINS, readDirectUrl, readRelayUrl } from '../relay-url.ts';
import { unwrapUserText } from '../unwrap-user-text.ts';
import type { HookTurn } from '../../core/hook.ts';

/** The provider at a base URL, direct or through the relay; undefined where nobody knows it. */
export function providerAt(url: string | undefined): string | undefined {
  if (url === undefined || url === '') return undefined;
  return (readRelayUrl(url) ?? readDirectUrl(url, PROVIDER_ORIGINS))?.providerId;
}

/** The provider behind an id of the catalogue that several agents share. */
export function providerOfCatalogueId(id: string): string | undefined {
  return providerAt(BUILT_IN_URLS[id]);
}

/** The user's words in a prompt, and whether there are any. Blocks that the agent writes in the user's name are none. */
export function readPrompt(prompt: string): Pick<HookTurn, 'text' | 'kind'> {
  const text = unwrapUserText(prompt).trim();
  return { text, kind: text === '' ? 'side' : 'user-turn' };
}
