import type { Headers, Provider } from '../core/provider.ts';
import { header } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { readSpan } from './go-span.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { matchRoute, modelsRoutes, openaiChatRoutes, openaiResponsesRoutes } from './routes.ts';
import { asNumber } from './tolerant-json.ts';

const ROUTES = [...openaiChatRoutes, ...openaiResponsesRoutes, ...modelsRoutes];

/** OpenAI's API, paid by use. Its usage endpoints want an admin key, so nothing is polled. */
export const openai: Provider = {
  id: 'openai',
  name: 'OpenAI',
  shortName: 'OpenAI',
  upstream: 'https://api.openai.com',
  plans: [],
  route: (method, path) => matchRoute(ROUTES, method, path),
  credential: (headers) => readCredential(headers, []),
  readLimits: (_status, headers, now) => readOpenaiLimits(headers, now),
  readError: readErrorBody,
  poll: undefined,
};

/**
 * `x-ratelimit-{limit,remaining,reset}-{requests,tokens}` (platform.openai.com/docs/guides/rate-limits, read 2026-09). Whether
 * they are per minute or per day is not said, so their length is unknown. `reset` is a span, `6m0s`.
 */
export function readOpenaiLimits(headers: Headers, now: number): readonly RateLimit[] {
  return (['requests', 'tokens'] as const).flatMap((unit) => {
    const limit = asNumber(header(headers, `x-ratelimit-limit-${unit}`));
    const remaining = asNumber(header(headers, `x-ratelimit-remaining-${unit}`));
    if (limit === undefined && remaining === undefined) return [];
    const resetMs = readSpan(header(headers, `x-ratelimit-reset-${unit}`));
    const resetsAt = resetMs === undefined ? undefined : now + resetMs;
    return rateLimitOf({ policy: unit, unit, limit, remaining, resetsAt, seenAt: now, source: 'header' });
  });
}
