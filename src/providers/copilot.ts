import { header, type Headers, type Provider } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { queryParameter, readCredential } from './credential.ts';
import { readErrorBody } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { anthropicRoutes, matchRoute, modelsRoutes, openaiChatRoutes, openaiResponsesRoutes } from './routes.ts';
import { asInstant, asNumber } from './tolerant-json.ts';

const ROUTES = [...anthropicRoutes, ...openaiChatRoutes, ...openaiResponsesRoutes, ...modelsRoutes];

/**
 * GitHub Copilot, for agents that are pointed at its API by their own settings. Only the headers of its own traffic are read:
 * its usage endpoint belongs to another host and another token, and is not asked.
 */
export const copilot: Provider = {
  id: 'copilot',
  name: 'GitHub Copilot',
  shortName: 'Copilot',
  upstream: 'https://api.githubcopilot.com',
  plans: [],
  route: (method, path) => matchRoute(ROUTES, method, path),
  credential: (headers) => readCredential(headers),
  accountId,
  readLimits: (_status, headers, now) => readSnapshots(headers, now),
  readError: readErrorBody,
  poll: undefined,
};

/** Copilot's own tokens last half an hour; the tracking id in them (`tid=…;exp=…`) stays. */
function accountId(headers: Headers): string | undefined {
  return /^(?:bearer\s+)?tid=([^;\s]+)/i.exec(header(headers, 'authorization')?.trim() ?? '')?.[1];
}

const FIELD = /^x-quota-snapshot-(.+)$/;
/** The allowance that models with a price draw on; others are for one feature. */
const MAIN = 'premium_interactions';

/**
 * `x-quota-snapshot-<id>: ent=…&ov=…&ovPerm=…&rem=97.1&rst=2026-09-01T00%3A00%3A00Z&totRem=…` (measured 2026-08; undocumented).
 * `rem` is percent left. What `ent` and `totRem` count is not known (credits since 2026-06-01), so the share is told. `ent` -1
 * is without a limit: then nothing is told.
 */
function readSnapshots(headers: Headers, now: number): readonly RateLimit[] {
  return headers.flatMap(([name, value]) => {
    const id = FIELD.exec(name.toLowerCase())?.[1];
    if (id === undefined) return [];
    const field = (key: string): string | undefined => queryParameter(`?${value.trim()}`, key);
    const entitled = asNumber(field('ent'));
    const left = asNumber(field('rem'));
    const resetsAt = asInstant(field('rst'));
    if ((entitled !== undefined && entitled < 0) || (left === undefined && resetsAt === undefined)) return [];
    return rateLimitOf({
      policy: id,
      unit: 'share',
      usedFraction: left === undefined ? undefined : Math.max(0, 1 - left / 100),
      windowMs: resetsAt === undefined ? undefined : resetsAt - monthBefore(resetsAt),
      resetsAt,
      model: id === MAIN ? undefined : id.replaceAll('_', '-'),
      seenAt: now,
      source: 'header',
    });
  });
}

/** Counters begin anew on the first of the month in UTC. */
function monthBefore(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, date.getUTCDate());
}
