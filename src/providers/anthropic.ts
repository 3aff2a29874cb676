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
  isLogin: isOAuthToken,
  accountIdOfBody: (credential, body) => (isOAuthToken(credential) ? accountOfUserId(body) : undefined),
  readLimits: (_status, headers, now) => readAnthropicLimits(headers, now),
  readError: readErrorBody,
  poll: anthropicUsagePoll,
};

function isOAuthToken(credential: string): boolean {
  return credential.startsWith('sk-ant-oat');
}

const UUID = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';
const ACCOUNT = new RegExp(`"account_uuid":"(${UUID})"|_account_(${UUID})_session_`, 'i');

/**
 * The signed-in account in `metadata.user_id`: a JSON text with `account_uuid` (Claude Code 2.1.330, empty where nobody is
 * signed in), before that `user_…_account_<uuid>_session_…`. A login's token is renewed every few hours; this stays.
 */
function accountOfUserId(body: Readonly<Record<string, unknown>>): string | undefined {
  const { metadata } = body;
  const userId = typeof metadata === 'object' && metadata !== null && 'user_id' in metadata ? metadata.user_id : '';
  const found = typeof userId === 'string' ? ACCOUNT.exec(userId) : null;
  return (found?.[1] ?? found?.[2])?.toLowerCase();
}

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
