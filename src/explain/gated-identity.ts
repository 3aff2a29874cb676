import type { ErrorCatalogue } from '../core/error-code.ts';

/**
 * What a request's system prompt says of the client, for `FailureContext.identity`: the first sentence in it by which the
 * provider was reported to refuse clients, undefined where it holds none of them. `systemPrompt` should be bounded by the caller.
 */
export function findGatedIdentity(
  systemPrompt: string,
  providerId: string,
  catalogues: readonly ErrorCatalogue[],
): { readonly gatedPhrase: string | undefined } {
  const phrases = catalogues
    .filter(({ providerIds }) => providerIds.includes(providerId))
    .flatMap(({ gatedIdentities = [] }) => gatedIdentities.map(({ phrase }) => phrase));
  const said = phrases.length === 0 ? '' : systemPrompt.toLowerCase();
  return { gatedPhrase: phrases.find((phrase) => said.includes(phrase.toLowerCase())) };
}
