import type { Plan, Source } from '../core/plan.ts';
import { header, type Provider } from '../core/provider.ts';
import { readCodexBodyLimits, readCodexHeaders, readCodexUsage } from './codex-limits.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { matchRoute, modelsRoutes, openaiResponsesRoutes } from './routes.ts';
import { FIVE_HOURS, WEEK } from './spans.ts';

const PRICING: Source = { url: 'https://developers.openai.com/codex/pricing', readOn: '2026-06-30' };

const ROUTES = [...openaiResponsesRoutes, ...modelsRoutes];

/** Codex on a ChatGPT plan: `/backend-api/codex/responses`. Sizes are published as ranges of messages, so windows are shares. */
export const codex: Provider = {
  id: 'codex',
  name: 'Codex (ChatGPT plan)',
  shortName: 'Codex',
  upstream: 'https://chatgpt.com',
  plans: [
    chatgptPlan('free', 'Free', 0),
    chatgptPlan('go', 'Go', 8),
    chatgptPlan('plus', 'Plus', 20),
    // Pro is sold in two sizes (100 and 200 USD) under one tier word.
    chatgptPlan('pro', 'Pro', undefined),
    chatgptPlan('business', 'Business', undefined, ['business', 'team']),
    chatgptPlan('enterprise', 'Enterprise', undefined),
  ],
  route: (method, path) => matchRoute(ROUTES, method, path),
  credential: (headers) => readCredential(headers, []),
  accountId: (headers) => header(headers, 'chatgpt-account-id'),
  readLimits: (_status, headers, now) => readCodexHeaders(headers, now),
  readError: readErrorBody,
  readBodyLimits: readCodexBodyLimits,
  poll: {
    path: '/backend-api/wham/usage',
    minIntervalMs: 300_000,
    headers: (credential) => [[['Authorization', `Bearer ${credential}`]]],
    read: readCodexUsage,
    covers: (path) => /\/backend-api\/codex\//.test(path),
  },
};

function chatgptPlan(id: string, name: string, usd: number | undefined, tiers: readonly string[] = [id]): Plan {
  const source = { ...PRICING, doubt: 'Since 2026-07 some accounts have no five-hour window; what they have is read.' };
  return {
    id: `chatgpt-${id}`,
    name: `ChatGPT ${name}`,
    shortName: 'Codex',
    tiers,
    windows: [
      { id: 'five-hour', unit: 'share', kind: 'rolling', windowMs: FIVE_HOURS, limit: undefined, source },
      { id: 'week', unit: 'share', kind: 'fixed', windowMs: WEEK, limit: undefined, source },
    ],
    creditRates: [],
    peak: undefined,
    prompts: undefined,
    priceUsdMicros: usd === undefined ? undefined : usd * 1_000_000,
  };
}
