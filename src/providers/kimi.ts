import type { Plan, Source } from '../core/plan.ts';
import type { Provider } from '../core/provider.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { readKimiQuota } from './kimi-quota.ts';
import { anthropicRoutes, matchRoute, modelsRoutes, openaiChatRoutes } from './routes.ts';
import { FIVE_HOURS, WEEK } from './spans.ts';

const BENEFITS: Source = {
  url: 'https://www.kimi.com/code/docs',
  readOn: '2026-09-07',
  doubt: 'Said as 300 to 1,200 requests per five hours for all memberships; the week is not published. Both are read.',
};

const ROUTES = [...anthropicRoutes, ...openaiChatRoutes, ...modelsRoutes];

/** Kimi Code, the coding plan: OpenAI chat and Anthropic Messages under `/coding`. Moonshot's open platform is another provider. */
export const kimi: Provider = {
  id: 'kimi',
  name: 'Kimi Code',
  shortName: 'Kimi',
  upstream: 'https://api.kimi.com',
  plans: [kimiPlan()],
  route: (method, path) => matchRoute(ROUTES, method, path),
  credential: (headers) => readCredential(headers),
  readLimits: () => [],
  readError: readErrorBody,
  poll: {
    path: '/coding/v1/usages',
    minIntervalMs: 120_000,
    headers: (credential) => [[['Authorization', `Bearer ${credential}`]]],
    read: readKimiQuota,
    covers: (path) => /\/coding\/(?!v1\/usages)/.test(path),
  },
};

function kimiPlan(): Plan {
  return {
    id: 'kimi-code',
    name: 'Kimi Code',
    shortName: 'Kimi',
    tiers: ['free', 'basic', 'standard', 'intermediate', 'advanced', 'premium'].map((level) => `level_${level}`),
    windows: [
      { id: 'five-hour', unit: 'share', kind: 'rolling', windowMs: FIVE_HOURS, limit: undefined, source: BENEFITS },
      { id: 'week', unit: 'share', kind: 'fixed', windowMs: WEEK, limit: undefined, source: BENEFITS },
    ],
    creditRates: [],
    peak: undefined,
    prompts: undefined,
    priceUsdMicros: undefined,
  };
}
