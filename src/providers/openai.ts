import type { Headers, Provider } from '../core/provider.ts';
import { header } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
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

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A span as Go writes it (`12ms`, `1.5s`, `6m0s`, `1h2m3s`), in ms; undefined for anything else. */
export function readSpan(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) total += Number(count) * UNIT_MS[unit!]!;
  return Number.isFinite(total) ? Math.round(total) : undefined;
}
