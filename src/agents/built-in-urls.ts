/**
 * Base URLs that agents use for a provider of their own catalogue where the user wrote none. Ids are those of models.dev,
 * which Cline, Kilo Code and OpenCode share (read in cline 3.0.65, 2026-11); an SDK adds the operation's path.
 */
export const BUILT_IN_URLS: Readonly<Record<string, string>> = {
  'zai-coding-plan': 'https://api.z.ai/api/coding/paas/v4',
  zai: 'https://api.z.ai/api/paas/v4',
  'zhipuai-coding-plan': 'https://open.bigmodel.cn/api/coding/paas/v4',
  zhipuai: 'https://open.bigmodel.cn/api/paas/v4',
  anthropic: 'https://api.anthropic.com/v1',
  openai: 'https://api.openai.com/v1',
  google: 'https://generativelanguage.googleapis.com/v1beta',
  moonshotai: 'https://api.moonshot.ai/v1',
  'kimi-for-coding': 'https://api.kimi.com/coding/v1',
  minimax: 'https://api.minimax.io/anthropic/v1',
  openrouter: 'https://openrouter.ai/api/v1',
  deepseek: 'https://api.deepseek.com',
};

/** Provider of ours -> id in that catalogue, for the plan people have. */
export const CATALOGUE_IDS: Readonly<Record<string, string>> = {
  zai: 'zai-coding-plan',
  bigmodel: 'zhipuai-coding-plan',
  anthropic: 'anthropic',
  openai: 'openai',
  gemini: 'google',
  moonshot: 'moonshotai',
  kimi: 'kimi-for-coding',
  minimax: 'minimax',
  openrouter: 'openrouter',
  deepseek: 'deepseek',
};

/** Provider of ours -> URL used where nothing is written. */
export const CATALOGUE_URLS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CATALOGUE_IDS).map(([providerId, id]) => [providerId, BUILT_IN_URLS[id]!]),
);
