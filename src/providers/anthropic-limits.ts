import type { Headers } from '../core/provider.ts';
import type { RateLimit } from '../core/rate-limit.ts';
import { rateLimitOf } from './rate-limit-of.ts';
import { DAY, HOUR, MINUTE, spanMs } from './spans.ts';
import { asInstant, asNumber } from './tolerant-json.ts';

/**
 * What Anthropic's response headers say, on 200 and on 429 alike. Two families:
 *
 * - plans: `anthropic-ratelimit-unified-<window>-{status,reset,utilization}`; window `5h`, `7d`, `7d_sonnet`, `7d_oi`, …;
 *   utilization is a fraction (may pass 1), reset epoch seconds (measured 2026-09; undocumented)
 * - API keys: `anthropic-ratelimit-{requests,tokens,input-tokens,output-tokens}-{limit,remaining,reset}`, per minute,
 *   reset RFC 3339 (docs.anthropic.com/en/api/rate-limits)
 *
 * A field that is missing or unreadable is undefined; its neighbours are still read. Never throws.
 */
export function readAnthropicLimits(headers: Headers, now: number): readonly RateLimit[] {
  const fields = new Map<string, string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (!lower.startsWith(PREFIX)) continue;
    const rest = lower.slice(PREFIX.length);
    if (!fields.has(rest)) fields.set(rest, value.trim());
  }
  if (fields.size === 0) return [];
  return [...readUnified(fields, now), ...readPerMinute(fields, now)];
}

const PREFIX = 'anthropic-ratelimit-';

function readUnified(fields: ReadonlyMap<string, string>, now: number): readonly RateLimit[] {
  const names = new Set<string>();
  for (const field of fields.keys()) {
    const name = /^unified-(\d+[hd](?:_[a-z0-9_]+)?)-(?:status|reset|utilization)$/.exec(field)?.[1];
    if (name !== undefined) names.add(name);
  }
  // A refusal may name only the claim that binds, with its reset.
  const claim = CLAIMS[fields.get('unified-representative-claim') ?? ''];
  const refused = fields.get('unified-status') === 'rejected' && claim !== undefined;
  if (refused) names.add(claim);
  return [...names].map((name) => {
    const isRefused = fields.get(`unified-${name}-status`) === 'rejected' || (refused && name === claim);
    const fraction = asNumber(fields.get(`unified-${name}-utilization`));
    const used = fraction === undefined || fraction < 0 ? undefined : fraction;
    const reset = fields.get(`unified-${name}-reset`) ?? (name === claim ? fields.get('unified-reset') : undefined);
    return rateLimitOf({
      policy: `unified-${name}`,
      unit: 'share',
      usedFraction: isRefused ? Math.max(1, used ?? 1) : used,
      windowMs: spanOf(name),
      resetsAt: asInstant(reset),
      model: modelOf(name),
      seenAt: now,
      source: 'header',
    });
  });
}

const CLAIMS: Readonly<Record<string, string>> = {
  five_hour: '5h',
  seven_day: '7d',
  seven_day_sonnet: '7d_sonnet',
  seven_day_opus: '7d_opus',
  seven_day_overage_included: '7d_oi',
};

function spanOf(name: string): number | undefined {
  const [, count, letter] = /^(\d+)([hd])/.exec(name) ?? [];
  return spanMs(letter === 'h' ? HOUR : DAY, Number(count));
}

/** `7d_oi` ("overage included") holds for the Fable models (public client code, 2026-09); other suffixes name the model. */
function modelOf(name: string): string | undefined {
  const suffix = /_(.+)$/.exec(name)?.[1];
  return suffix === 'oi' ? 'fable' : suffix;
}

function readPerMinute(fields: ReadonlyMap<string, string>, now: number): readonly RateLimit[] {
  return ['requests', 'tokens', 'input-tokens', 'output-tokens'].flatMap((name) => {
    const limit = asNumber(fields.get(`${name}-limit`));
    const remaining = asNumber(fields.get(`${name}-remaining`));
    if (limit === undefined && remaining === undefined) return [];
    return rateLimitOf({
      policy: name,
      unit: name === 'requests' ? 'requests' : 'tokens',
      limit,
      remaining,
      windowMs: MINUTE,
      resetsAt: asInstant(fields.get(`${name}-reset`)),
      seenAt: now,
      source: 'header',
    });
  });
}
