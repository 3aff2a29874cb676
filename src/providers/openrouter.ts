import type { Provider, QuotaReading } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { usdMicros } from './balance.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { readPlainLimits } from './plain-limits.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { anthropicRoutes, matchRoute, modelsRoutes, openaiChatRoutes, openaiResponsesRoutes } from './routes.ts';
import { DAY, MONTH, WEEK } from './spans.ts';
import { asObject, numberAt, objectAt, parseJson, textAt } from './tolerant-json.ts';

const ROUTES = [...anthropicRoutes, ...openaiChatRoutes, ...openaiResponsesRoutes, ...modelsRoutes];

/** OpenRouter: prepaid credits, with a limit per key where the user set one; free models have requests per day. */
export const openrouter: Provider = {
  id: 'openrouter',
  name: 'OpenRouter',
  shortName: 'OpenRouter',
  upstream: 'https://openrouter.ai',
  plans: [],
  route: (method, path) => matchRoute(ROUTES, method, path),
  credential: (headers) => readCredential(headers),
  readLimits: (_status, headers, now) => readPlainLimits(headers, now),
  readError: readErrorBody,
  poll: {
    path: '/api/v1/key',
    minIntervalMs: 120_000,
    headers: (credential) => [[['Authorization', `Bearer ${credential}`]]],
    read: readOpenrouterKey,
    covers: (path) => path.startsWith('/api/') && !path.endsWith('/key'),
  },
};

const RESETS: Readonly<Record<string, number>> = { daily: DAY, weekly: WEEK, monthly: MONTH };

/** What `GET /api/v1/key` says (openrouter.ai/docs/api-reference/limits, read 2026-09). Dollars, up to a minute old. */
function readOpenrouterKey(status: number, body: string, now: number): QuotaReading {
  const data = objectAt(asObject(parseJson(body)), 'data');
  if (status === 401 || status === 403) {
    return {
      ok: false,
      reason: 'auth',
      message: readErrorBody(status, body)?.message ?? 'OpenRouter refused the key.',
    };
  }
  if (data === undefined) {
    const fallback = `The key endpoint answered ${status} with nothing that can be read.`;
    return { ok: false, reason: 'unreadable', message: readErrorBody(status, body)?.message ?? fallback };
  }
  const limits: RateLimit[] = [];
  const limit = usdMicros(numberAt(data, 'limit'));
  if (limit !== undefined) {
    const remaining = usdMicros(numberAt(data, 'limit_remaining'));
    const windowMs = RESETS[textAt(data, 'limit_reset') ?? ''];
    const said = { policy: 'key-limit', unit: 'usd-micros', seenAt: now, source: 'usage-api' } as const;
    // Below zero is overdrawn: nothing is left.
    limits.push(
      rateLimitOf({
        ...said,
        limit,
        remaining: remaining === undefined ? undefined : Math.max(0, remaining),
        windowMs,
      }),
    );
  }
  const free = objectAt(data, 'free_model_daily_requests');
  if (free !== undefined) {
    limits.push(
      rateLimitOf({
        policy: 'free-models-day',
        unit: 'requests',
        limit: numberAt(free, 'limit'),
        remaining: numberAt(free, 'remaining'),
        used: numberAt(free, 'used'),
        windowMs: DAY,
        model: 'free',
        seenAt: now,
        source: 'usage-api',
      }),
    );
  }
  return { ok: true, limits, tier: data['is_free_tier'] === true ? 'free' : undefined };
}
