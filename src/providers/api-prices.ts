import type { ApiPrice } from '../core/cost.ts';
import type { Source } from '../core/plan.ts';

const ANTHROPIC: Source = {
  url: 'https://platform.claude.com/docs/en/about-claude/pricing',
  readOn: '2026-11-22',
  doubt: 'Read in a stored copy of 2026. Cache writes are taken at the five-minute price; those for an hour cost more.',
};
const ANTHROPIC_NEW: Source = {
  url: 'https://platform.claude.com/docs/about-claude/models/whats-new-opus-5',
  readOn: '2026-11-22',
  doubt:
    "Input and output from a stored copy of the vendor's page of autumn 2026; Sonnet's cache price since 7 October from a client's release notes (TheKrush/PromptFuel 1.0.23).",
};
const ANTHROPIC_HAIKU: Source = {
  ...ANTHROPIC_NEW,
  doubt:
    'For prompts of up to 100,000 tokens; longer ones cost five times as much, which is reckoned by the mean of a minute (TheKrush/PromptFuel 1.0.23, October 2026).',
};
const OPENAI_6: Source = {
  url: 'https://developers.openai.com/api/docs/models/gpt-6.2-sol',
  readOn: '2026-11-22',
  doubt:
    'Read in a stored copy; prompts of up to 272,000 tokens at standard speed (longer or faster ones cost twice as much; faster ones are not told apart).',
};
const OPENAI_6_OLDER: Source = {
  url: 'https://docs.apiyi.com/en/news/gpt-6-1-sol-launch.md',
  readOn: '2026-11-22',
  doubt:
    "A reseller's copy of the vendor's table of 30 September 2026, which others agree with; short prompts, standard speed.",
};
const COPILOT_TABLE: Source = {
  url: 'https://github.com/github/docs/blob/main/data/tables/copilot/models-and-pricing.yml',
  readOn: '2026-11-22',
  doubt:
    "GitHub's table of what Copilot bills, which is the vendors' own price; short contexts (longer ones cost up to twice as much).",
};
const OPENAI: Source = {
  url: 'https://developers.openai.com/api/docs/models/gpt-5-codex',
  readOn: '2026-11-22',
  doubt: 'The model is shut down; its price is that of its last day.',
};
const ZAI: Source = {
  url: 'https://dev.to/owen_fox/glm-53-api-pricing-endpoints-and-reasoningeffort-40oa',
  readOn: '2026-11-22',
  doubt:
    "A user's reading of Z.AI's table of August 2026; a gateway names the same prices. The vendor's own page was not seen.",
};
const ZAI_OLDER: Source = {
  url: 'https://docs.wolffi.sh/configuration/zai.md',
  readOn: '2026-11-22',
  doubt: "A client's copy of Z.AI's table, of the first half of 2026.",
};
const DEEPSEEK: Source = {
  url: 'https://api-docs.deepseek.com/quick_start/pricing',
  readOn: '2026-11-22',
  doubt:
    'Off-peak prices, read in a stored copy of autumn 2026; on working days from 01:00 to 04:00 and 06:00 to 10:00 UTC everything costs twice as much; holidays are not known here. From September 2026 on requests for V4-Pro were said to be served by Flash.',
};
const MINIMAX: Source = {
  url: 'https://www.promptfoo.dev/docs/providers/minimax/',
  readOn: '2026-11-22',
  doubt: "A client's copy of the vendor's table of 2026.",
};
const GEMINI_FLASH: Source = {
  url: 'https://github.com/BerriAI/litellm/discussions/39357',
  readOn: '2026-11-22',
  doubt: 'Half price until 31 December 2026; twice as much from then on.',
};

const SOL_LONGER = { overTokens: 272_000, factor: 2 } as const;
const DEEPSEEK_PEAK = {
  hours: [
    [1, 4],
    [6, 10],
  ],
  factor: 2,
} as const;

/**
 * What the vendors' APIs take, US dollars per million tokens. A small table on purpose: a model that is not here has no known
 * price, and the setting `prices` adds or corrects one. Qwen (priced by length of the prompt, region and thinking, each source
 * another figure) and MiniMax M3 are missing for that reason. Standard service throughout; longer prompts only where a source says
 * from which length on they cost how much.
 */
export const apiPrices: readonly ApiPrice[] = [
  claude('claude-fable-5.1', 10, 0.25, 50),
  claude('claude-fable-5', 10, 1, 50),
  claude('claude-opus-5', 5, 0.5, 25),
  claude('claude-opus-4-8', 5, 0.5, 25),
  claude('claude-opus-4-7', 5, 0.5, 25),
  claude('claude-opus-4-6', 5, 0.5, 25),
  claude('claude-opus-4-5', 5, 0.5, 25),
  claude('claude-opus-4-1', 15, 1.5, 75),
  claude('claude-sonnet-5', 2, 0.2, 10, COPILOT_TABLE),
  claude('claude-sonnet-4-6', 3, 0.3, 15, COPILOT_TABLE),
  claude('claude-sonnet-4-5', 3, 0.3, 15, COPILOT_TABLE),
  claude('claude-sonnet-4', 3, 0.3, 15, COPILOT_TABLE),
  claude('claude-haiku-4-5', 1, 0.1, 5, COPILOT_TABLE),
  claude('claude-opus-5.5', 4, 0.2, 20, ANTHROPIC_NEW),
  claude('claude-sonnet-5.5', 2, 0.1, 10, ANTHROPIC_NEW),
  { ...claude('claude-haiku-5.5', 0.1, 0.01, 0.5, ANTHROPIC_HAIKU), longer: { overTokens: 100_000, factor: 5 } },

  { ...plain('gpt-6.2-sol', 2, 0.1, 10, OPENAI_6, 2.5), longer: SOL_LONGER },
  { ...plain('gpt-6.1-sol', 2, 0.1, 10, OPENAI_6_OLDER, 2.5), longer: SOL_LONGER },
  { ...plain('gpt-6-sol', 2, 0.2, 10, OPENAI_6_OLDER, 2.5), longer: SOL_LONGER },
  plain('gpt-5.6-sol', 5, 0.5, 30, COPILOT_TABLE, 6.25),
  plain('gpt-5.6-terra', 2, 0.2, 12, COPILOT_TABLE, 2.5),
  plain('gpt-5.6-luna', 0.2, 0.02, 1.2, COPILOT_TABLE, 0.25),
  plain('gpt-5.5', 5, 0.5, 30, COPILOT_TABLE),
  plain('gpt-5.4', 2.5, 0.25, 15, COPILOT_TABLE),
  plain('gpt-5.4-mini', 0.75, 0.075, 4.5, COPILOT_TABLE),
  plain('gpt-5.4-nano', 0.2, 0.02, 1.25, COPILOT_TABLE),
  plain('gpt-5.3-codex', 1.75, 0.175, 14, COPILOT_TABLE),
  plain('gpt-5-mini', 0.25, 0.025, 2, COPILOT_TABLE),
  plain('gpt-5-codex', 1.25, 0.125, 10, OPENAI),

  plain('gemini-3.8-flash', 0.75, 0.075, 3.75, GEMINI_FLASH),
  plain('gemini-3.7-flash', 0.75, 0.075, 3.75, COPILOT_TABLE),
  plain('gemini-3.6-flash', 0.75, 0.075, 3.75, COPILOT_TABLE),
  plain('gemini-3.5-flash', 1.5, 0.15, 9, COPILOT_TABLE),
  plain('gemini-3.1-pro', 2, 0.2, 12, COPILOT_TABLE),

  plain('glm-5.3', 1.4, 0.26, 4.4, ZAI),
  plain('glm-5.2', 1.4, 0.26, 4.4, ZAI),
  plain('glm-5.1', 1.4, 0.26, 4.4, ZAI),
  plain('glm-5', 1, 0.2, 3.2, ZAI_OLDER),
  plain('glm-5-turbo', 1.2, 0.24, 4, ZAI_OLDER),
  plain('glm-4.7', 0.6, 0.11, 2.2, ZAI_OLDER),
  plain('glm-4.6', 0.6, 0.11, 2.2, ZAI_OLDER),

  { ...plain('deepseek-flash', 0.15, 0.003, 0.6, DEEPSEEK), peak: DEEPSEEK_PEAK },
  { ...plain('deepseek-v4-flash', 0.15, 0.003, 0.6, DEEPSEEK), peak: DEEPSEEK_PEAK },
  { ...plain('deepseek-v4-pro', 0.66, 0.022, 1.98, DEEPSEEK), peak: DEEPSEEK_PEAK },

  plain('kimi-k3', 3, 0.3, 15, COPILOT_TABLE),
  plain('kimi-k2.7-code', 0.95, 0.19, 4, COPILOT_TABLE),

  plain('minimax-m2.7', 0.3, 0.06, 1.2, MINIMAX),
  plain('minimax-m2.7-highspeed', 0.6, 0.06, 2.4, MINIMAX),
];

/** Cache writes cost a quarter more than input. */
function claude(model: string, input: number, cachedInput: number, output: number, source = ANTHROPIC): ApiPrice {
  return { model, input, cachedInput, cacheWrite: input * 1.25, output, source };
}

function plain(
  model: string,
  input: number,
  cachedInput: number,
  output: number,
  source: Source,
  cacheWrite = input,
): ApiPrice {
  return { model, input, cachedInput, cacheWrite, output, source };
}
