import type { QuotaPoll, QuotaReading } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { readErrorBody } from './error-envelope.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { FIVE_HOURS, WEEK } from './spans.ts';
import { asObject, countAt, instantAt, listAt, objectAt, parseJson, textAt, type JsonObject } from './tolerant-json.ts';

/**
 * `GET /api/oauth/usage`, which Claude's own programs ask (undocumented; shape of 2026-07 from public client code). Only for
 * the token of a subscription login, and at most every five minutes: the endpoint answers 429 quickly.
 */
export const anthropicUsagePoll: QuotaPoll = {
  path: '/api/oauth/usage',
  minIntervalMs: 300_000,
  headers: (credential) => [
    [
      ['Authorization', `Bearer ${credential}`],
      ['anthropic-beta', 'oauth-2025-04-20'],
    ],
  ],
  read: readAnthropicUsage,
  // One login has one plan, whatever is asked of it.
  covers: () => true,
  takes: (credential) => credential.startsWith('sk-ant-oat'),
};

const WINDOWS: Readonly<Record<string, number>> = { five_hour: FIVE_HOURS, seven_day: WEEK };
const KINDS: Readonly<Record<string, number>> = { session: FIVE_HOURS, weekly_all: WEEK, weekly_scoped: WEEK };

/**
 * `five_hour`, `seven_day` and `seven_day_<model or feature>` are read first, since they are finer; then what `limits[]` says
 * beyond them. All are percent used. Never throws.
 */
function readAnthropicUsage(status: number, body: string, now: number): QuotaReading {
  const said = readErrorBody(status, body)?.message;
  if (status === 401 || status === 403) {
    return { ok: false, reason: 'auth', message: said ?? 'The usage endpoint refused the token.' };
  }
  const answer = asObject(parseJson(body));
  const limits =
    answer === undefined || status >= 400 ? [] : [...namedLimits(answer, now), ...listedLimits(answer, now)];
  if (limits.length === 0) {
    const fallback = `The usage endpoint answered ${status} with nothing that can be read.`;
    return { ok: false, reason: 'unreadable', message: said ?? fallback };
  }
  const first = new Map<string, RateLimit>();
  for (const limit of limits) {
    const key = `${limit.windowMs} ${limit.model ?? ''}`;
    if (!first.has(key)) first.set(key, limit);
  }
  return { ok: true, limits: [...first.values()], tier: undefined };
}

function namedLimits(answer: JsonObject, now: number): readonly RateLimit[] {
  return Object.keys(answer).flatMap((key) => {
    const [, name, scope] = /^(five_hour|seven_day)(?:_(.+))?$/.exec(key) ?? [];
    const entry = objectAt(answer, key);
    if (name === undefined || entry === undefined) return [];
    return share(key, WINDOWS[name], scope?.replaceAll('_', '-'), countAt(entry, 'utilization'), entry, now);
  });
}

function listedLimits(answer: JsonObject, now: number): readonly RateLimit[] {
  return listAt(answer, 'limits').flatMap((entry) => {
    const kind = textAt(entry, 'kind');
    if (kind === undefined) return [];
    const scope = objectAt(entry, 'scope');
    const model = textAt(objectAt(scope, 'model'), 'display_name') ?? textAt(scope, 'surface');
    if (kind === 'weekly_scoped' && model === undefined) return [];
    const policy = model === undefined ? kind : `${kind}-${model.toLowerCase()}`;
    return share(policy, KINDS[kind], model?.toLowerCase(), countAt(entry, 'percent'), entry, now);
  });
}

function share(
  policy: string,
  windowMs: number | undefined,
  model: string | undefined,
  percent: number | undefined,
  entry: unknown,
  now: number,
): readonly RateLimit[] {
  const resetsAt = instantAt(entry, 'resets_at');
  if (percent === undefined && resetsAt === undefined) return [];
  const usedFraction = percent === undefined ? undefined : percent / 100;
  return [
    rateLimitOf({ policy, unit: 'share', usedFraction, windowMs, resetsAt, model, seenAt: now, source: 'usage-api' }),
  ];
}
