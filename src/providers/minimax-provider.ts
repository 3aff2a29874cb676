import type { ProviderError } from '../core/exchange.ts';
import type { Plan, Source } from '../core/plan.ts';
import type { Provider } from '../core/provider.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { readMinimaxQuota } from './minimax-quota.ts';
import { anthropicRoutes, matchRoute, modelsRoutes, openaiChatRoutes } from './routes.ts';
import { FIVE_HOURS, WEEK } from './spans.ts';

/** What differs between MiniMax's two sites. */
export interface MinimaxSite {
  readonly id: string;
  readonly name: string;
  readonly upstream: string;
  /** Where its usage endpoint is known to answer; absent: at the upstream. */
  readonly usageOrigin?: string;
  /** Prices in USD by plan; empty where the site sells in another currency. */
  readonly prices: Readonly<Record<string, number>>;
}

const INTRO: Source = {
  url: 'https://platform.minimax.io/docs/token-plan/intro',
  readOn: '2026-09-07',
  doubt: 'Sizes are not published in a unit that can be counted.',
};

const ROUTES = [
  ...anthropicRoutes,
  ...openaiChatRoutes,
  { methods: ['POST'], ending: '/text/chatcompletion_v2', operation: 'chat', dialect: 'openai-chat' },
  ...modelsRoutes,
] as const;

/** MiniMax behind either site: Anthropic Messages under `/anthropic`, OpenAI chat under `/v1`; plan or prepaid by the key. */
export function minimaxProvider(site: MinimaxSite): Provider {
  return {
    id: site.id,
    name: site.name,
    shortName: 'MiniMax',
    upstream: site.upstream,
    plans: ['Plus', 'Max', 'Ultra'].map((tier) => tokenPlan(tier, site.prices[tier])),
    route: (method, path) => matchRoute(ROUTES, method, path),
    credential: (headers) => readCredential(headers),
    readLimits: () => [],
    readError: readMinimaxError,
    poll: {
      path: '/v1/token_plan/remains',
      ...(site.usageOrigin === undefined ? {} : { origin: site.usageOrigin }),
      minIntervalMs: 120_000,
      headers: (credential) => [[['Authorization', `Bearer ${credential}`]]],
      read: readMinimaxQuota,
      covers: (path) => /\/(?:messages|chat\/completions|chatcompletion_v2)$/.test(path),
    },
  };
}

/**
 * MiniMax puts its own code at the end of the message, `… (2056)`, whatever the envelope; the type beside it is not
 * reliable. HTTP statuses say nothing more, so a code that only repeats the status is replaced too.
 */
function readMinimaxError(status: number, body: string): ProviderError | undefined {
  const error = readErrorBody(status, body);
  const own = error === undefined ? undefined : /\((\d{4})\)\s*$/.exec(error.message)?.[1];
  return error === undefined || own === undefined ? error : { ...error, code: own };
}

function tokenPlan(tier: string, usd: number | undefined): Plan {
  return {
    id: `minimax-${tier.toLowerCase()}`,
    name: `MiniMax Token Plan ${tier}`,
    shortName: 'MiniMax',
    tiers: [tier.toLowerCase()],
    windows: [
      { id: 'five-hour', unit: 'share', kind: 'rolling', windowMs: FIVE_HOURS, limit: undefined, source: INTRO },
      { id: 'week', unit: 'share', kind: 'fixed', windowMs: WEEK, limit: undefined, source: INTRO },
    ],
    creditRates: [],
    peak: undefined,
    prompts: undefined,
    priceUsdMicros: usd === undefined ? undefined : usd * 1_000_000,
  };
}
