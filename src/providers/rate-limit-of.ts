import type { RateLimit } from '../core/rate-limit.ts';

type Known = Pick<RateLimit, 'policy' | 'unit' | 'seenAt' | 'source'>;

/**
 * A reading from what a provider said, with unknown for the rest. Where it said enough for it, `used` and `usedFraction` are
 * worked out: used = limit - remaining, fraction = used / limit. What it said itself always goes first. A negative figure is
 * no figure (vendors write -1 for "no limit").
 */
export function rateLimitOf(said: Known & Partial<RateLimit>): RateLimit {
  const limit = figure(said.limit);
  const remaining = figure(said.remaining);
  const taken = limit === undefined || remaining === undefined ? undefined : Math.max(0, limit - remaining);
  const used = figure(said.used) ?? taken;
  const quotient = used === undefined || limit === undefined || limit <= 0 ? undefined : used / limit;
  return {
    policy: said.policy,
    unit: said.unit,
    limit,
    remaining,
    used,
    usedFraction: figure(said.usedFraction) ?? figure(quotient),
    windowMs: figure(said.windowMs),
    resetsAt: figure(said.resetsAt),
    model: said.model,
    seenAt: said.seenAt,
    source: said.source,
  };
}

function figure(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}
