import type { Plan, Source } from '../core/plan.ts';
import type { Provider } from '../core/provider.ts';
import { readAnthropicLimits } from './anthropic-limits.ts';
import { anthropicUsagePoll } from './anthropic-usage.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { anthropicRoutes, matchRoute, modelsRoutes, openaiChatRoutes } from './routes.ts';
import { FIVE_HOURS, WEEK } from './spans.ts';

const LIMITS: Source = { url: 'https://support.claude.com/en/articles/9797557', readOn: '2026-09-07' };

const ROUTES = [...anthropicRoutes, ...openaiChatRoutes, ...modelsRoutes];

/**
 * Anthropic: API keys and Claude subscriptions (Pro, Max) behind one origin. Plan sizes are not published, so the plans have
 * windows without a limit; how full they are is read from the response headers, and for subscriptions from the usage endpoint.
 */
export const anthropic: Provider = {
  id: 'anthropic',
  name: 'Anthropic',
  shortName: 'Claude',
  upstream: 'https://api.anthropic.com',
  plans: [
    claudePlan('claude-pro', 'Claude Pro', ['pro'], 20_000_000),
    claudePlan('claude-max-5x', 'Claude Max 5x', ['max_5x', 'default_claude_max_5x'], 100_000_000),
    claudePlan('claude-max-20x', 'Claude Max 20x', ['max_20x', 'default_claude_max_20x'], 200_000_000),
  ],
  route: (method, path) => matchRoute(ROUTES, method, path),
  credential: (headers) => readCredential(headers),
  isLogin: (credential) => credential.startsWith('sk-ant-oat'),
  readLimits: (_status, headers, now) => readAnthropicLimits(headers, now),
  readError: readErrorBody,
  poll: anthropicUsagePoll,
};

function claudePlan(id: string, name: string, tiers: readonly string[], priceUsdMicros: number): Plan {
  return {
    id,
    name,
    shortName: 'Claude',
    tiers,
    windows: [
      { id: 'five-hour', unit: 'share', kind: 'rolling', windowMs: FIVE_HOURS, limit: undefined, source: LIMITS },
      { id: 'week', unit: 'share', kind: 'fixed', windowMs: WEEK, limit: undefined, source: LIMITS },
    ],
    creditRates: [],
    peak: undefined,
    prompts: undefined,
    priceUsdMicros,
  };
}
