import type { Headers, QuotaPoll, QuotaReading } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { cleanMessage } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { DAY, HOUR, MONTH, spanMs, WEEK } from './spans.ts';
import { asObject, countAt, instantAt, listAt, numberAt, objectAt, parseJson, textAt } from './tolerant-json.ts';

/**
 * Zhipu's usage endpoint, as its own Claude Code plugin and console ask it (undocumented; seen 2026-08 and 2026-09).
 * `prefers` is how the site wants the key; the other way is tried after an auth error.
 */
export function glmQuotaPoll(prefers: 'bearer' | 'bare'): QuotaPoll {
  return {
    path: '/api/monitor/usage/quota/limit',
    minIntervalMs: 120_000,
    headers(credential) {
      const bearer = withAuthorization(`Bearer ${credential}`);
      const bare = withAuthorization(credential);
      return prefers === 'bearer' ? [bearer, bare] : [bare, bearer];
    },
    read: readGlmQuota,
    // The pay-as-you-go path takes money from the balance and nothing from the plan.
    covers: (path) => /\/api\/(?:anthropic|coding|v1)(?:\/|$)/.test(path),
  };
}

function withAuthorization(value: string): Headers {
  return [
    ['Authorization', value],
    ['Accept-Language', 'en-US,en'],
    ['Content-Type', 'application/json'],
  ];
}

/** Body codes that mean the key was refused; the HTTP status is 200 all the same. */
const AUTH_CODES: ReadonlySet<number> = new Set([401, 1000, 1001, 1002, 1003, 1004]);

/**
 * What `/api/monitor/usage/quota/limit` says. `CREDIT_LIMIT` (since 2026-07-30), `TOKENS_LIMIT` and `TIME_LIMIT` (legacy
 * plans) are told apart by type, their length by `unit` x `number`, never by order. Types not known yet stay as readings of
 * a bare share. Never throws.
 */
function readGlmQuota(status: number, body: string, now: number): QuotaReading {
  const envelope = asObject(parseJson(body));
  const code = numberAt(envelope, 'code');
  const message = cleanMessage(textAt(envelope, 'msg') ?? textAt(envelope, 'message') ?? '');
  if (status === 401 || status === 403 || (code !== undefined && AUTH_CODES.has(code))) {
    return { ok: false, reason: 'auth', message: message === '' ? 'The usage endpoint refused the key.' : message };
  }
  if (/不存在\s*coding plan|no coding plan/i.test(message)) return { ok: false, reason: 'no-plan', message };
  const data = objectAt(envelope, 'data');
  if (data === undefined || !Array.isArray(data['limits'])) {
    const fallback = `The usage endpoint answered ${status} with nothing that can be read.`;
    return { ok: false, reason: 'unreadable', message: message === '' ? fallback : message };
  }
  const limits = listAt(data, 'limits').flatMap((entry) => readEntry(entry, now) ?? []);
  return { ok: true, limits, tier: readTier(data) };
}

function readTier(data: unknown): string | undefined {
  for (const key of ['level', 'planName', 'plan', 'plan_type', 'packageName']) {
    const word = textAt(data, key);
    if (word !== undefined) return word.trim().toLowerCase();
  }
  return undefined;
}

/** `unit` of an entry, in ms. */
const UNITS: Readonly<Record<number, number>> = { 1: DAY, 3: HOUR, 5: MONTH, 6: WEEK };

function readEntry(entry: unknown, now: number): RateLimit | undefined {
  const type = textAt(entry, 'type');
  if (type === undefined) return undefined;
  const windowMs = spanMs(UNITS[numberAt(entry, 'unit') ?? 0], numberAt(entry, 'number') ?? 1);
  // `usage` is the limit and `currentValue` what is used of it.
  const limit = countAt(entry, 'usage');
  const used = countAt(entry, 'currentValue');
  const percent = countAt(entry, 'percentage');
  // `percentage` is cut to a whole number, so the quotient is better where there is one.
  const exact = limit !== undefined && limit > 0 && used !== undefined;
  const kind = KINDS[type] ?? { name: type.toLowerCase().replaceAll('_', '-'), unit: 'share' };
  return rateLimitOf({
    policy: `${kind.name}-${lengthName(windowMs)}`,
    unit: limit === undefined && kind.unit === 'tokens' ? 'share' : kind.unit,
    limit,
    remaining: countAt(entry, 'remaining'),
    used,
    usedFraction: exact || percent === undefined ? undefined : percent / 100,
    windowMs,
    resetsAt: instantAt(entry, 'nextResetTime'),
    model: kind.model,
    seenAt: now,
    source: 'usage-api',
  });
}

type Kind = { readonly name: string; readonly unit: RateLimit['unit']; readonly model?: string };

/** `TIME_LIMIT` counts calls of the plan's MCP tools (search, reader, zread), no model calls. */
const KINDS: Readonly<Record<string, Kind>> = {
  CREDIT_LIMIT: { name: 'credits', unit: 'credits' },
  TOKENS_LIMIT: { name: 'tokens', unit: 'tokens' },
  TIME_LIMIT: { name: 'mcp', unit: 'requests', model: 'mcp' },
};

function lengthName(windowMs: number | undefined): string {
  if (windowMs === undefined) return 'unknown';
  if (windowMs % MONTH === 0) return `${windowMs / MONTH}mo`;
  if (windowMs % DAY === 0) return `${windowMs / DAY}d`;
  return `${windowMs / HOUR}h`;
}
