import type { RateLimit } from '../core/rate-limit.ts';

type Known = Pick<RateLimit, 'policy' | 'unit' | 'seenAt' | 'source'>;

/**
 * A reading from what a provider said, with unknown for the rest. Where it said enough for it, `used` and `usedFraction` are
 * worked out: used = limit - remaining, fraction = used / limit. What it said itself always goes first.
 */
export function rateLimitOf(said: Known & Partial<RateLimit>): RateLimit {
  const { limit, remaining } = said;
  const left = limit === undefined || remaining === undefined ? undefined : Math.max(0, limit - remaining);
  const used = said.used ?? left;
  const quotient = used === undefined || limit === undefined || limit <= 0 ? undefined : used / limit;
  return {
    policy: said.policy,
    unit: said.unit,
    limit,
    remaining,
    used,
    usedFraction: said.usedFraction ?? quotient,
    windowMs: said.windowMs,
    resetsAt: said.resetsAt,
    model: said.model,
    seenAt: said.seenAt,
    source: said.source,
  };
}
