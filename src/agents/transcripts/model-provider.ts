import { CATALOGUE_IDS } from '../built-in-urls.ts';

/** First match of a model's name, for files that name no provider: the vendor's own plan. */
const VENDORS: readonly (readonly [pattern: RegExp, providerId: string])[] = [
  [/^(?:[\w.-]+\.)?claude-/i, 'anthropic'],
  [/^glm-/i, 'zai'],
  [/^kimi-/i, 'kimi'],
  [/^minimax-/i, 'minimax'],
  [/^(?:qwen|qwq)/i, 'alibaba'],
  [/^deepseek-/i, 'deepseek'],
  [/^gemini-/i, 'gemini'],
  [/^(?:gpt-|o\d|codex-)/i, 'openai'],
];

const BY_CATALOGUE: ReadonlyMap<string, string> = new Map([
  ...Object.entries(CATALOGUE_IDS).map(([providerId, id]) => [id, providerId] as const),
  // Ids that mean the same vendor by another key.
  ['zhipuai', 'bigmodel'],
  ['openai-native', 'openai'],
]);

/** Provider of ours for an id of the models.dev catalogue; undefined where none of ours is meant. */
export function providerOfCatalogue(id: string | undefined): string | undefined {
  return id === undefined ? undefined : BY_CATALOGUE.get(id.toLowerCase());
}

/** Provider of ours that a model's name speaks for; a guess, since others serve models under their vendor's name. */
export function providerOfModel(model: string | undefined): string | undefined {
  return model === undefined ? undefined : VENDORS.find(([pattern]) => pattern.test(model))?.[1];
}
