import type { RateLimit } from '../../src/core/rate-limit.ts';
import type { Burn } from '../../src/core/usage.ts';
import type { Plan } from '../../src/core/plan.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const FIVE_HOURS = 5 * HOUR;
export const WEEK = 7 * DAY;

/** A Wednesday, 12:00 UTC = 20:00 in UTC+8: off-peak until Thursday 14:00 there. */
export const NOW = Date.UTC(2026, 7, 12, 12);

const source = { url: 'https://example.test/plan', readOn: '2026-09-01' };

/** A burn of 10,000 fresh input tokens, so that one of them costs the input rate. */
export function burn(at: number, change: Partial<Burn> = {}): Burn {
  return {
    minuteAt: at,
    providerId: 'p',
    accountKey: 'a',
    model: 'big-1',
    agentId: 'unknown',
    requests: 1,
    inputTokens: 10_000,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    ...change,
  };
}

/** A reading of five hours that says nothing yet. */
export function reading(change: Partial<RateLimit> = {}): RateLimit {
  return {
    policy: 'five-hours',
    unit: 'share',
    limit: undefined,
    remaining: undefined,
    used: undefined,
    usedFraction: undefined,
    windowMs: FIVE_HOURS,
    resetsAt: undefined,
    model: undefined,
    seenAt: NOW - HOUR,
    source: 'usage-api',
    ...change,
  };
}

/** Credits: 1,000 in five hours and 5,000 a week; `big` costs 8/2/20, half of it off-peak. */
export const CREDITS: Plan = {
  id: 'credits',
  name: 'Credits',
  shortName: 'C',
  tiers: ['pro'],
  windows: [
    { id: 'five-hour', unit: 'credits', kind: 'rolling', windowMs: FIVE_HOURS, limit: 1_000, source },
    { id: 'week', unit: 'credits', kind: 'fixed', windowMs: WEEK, limit: 5_000, source },
  ],
  creditRates: [
    { model: 'big', input: 8, cachedInput: 2, output: 20, source },
    { model: 'big-2', input: 80, cachedInput: 20, output: 200, until: '2026-08-01', source },
    { model: 'big-2', input: 16, cachedInput: 4, output: 40, from: '2026-08-01', source },
  ],
  peak: {
    weekdays: [1, 2, 3, 4, 5],
    startHour: 14,
    endHour: 18,
    utcOffset: '+08:00',
    peakFactor: 1,
    offPeakFactor: 0.5,
    source,
  },
  prompts: undefined,
  priceUsdMicros: undefined,
};

/** Prompts: 80 in five hours, ten calls each, `big` three times at peak and twice else. */
export const PROMPTS: Plan = {
  ...CREDITS,
  id: 'prompts',
  windows: [
    { id: 'five-hour', unit: 'prompts', kind: 'rolling', windowMs: FIVE_HOURS, limit: 80, source },
    { id: 'week', unit: 'prompts', kind: 'fixed', windowMs: WEEK, limit: 400, source },
  ],
  creditRates: [],
  prompts: { callsPerPrompt: 10, factors: [{ model: 'big', peak: 3, offPeak: 2 }], source },
};

/** Says nothing of its size: everything comes from the provider. */
export const SHARES: Plan = {
  ...CREDITS,
  id: 'shares',
  tiers: ['max'],
  windows: [
    { id: 'five-hour', unit: 'share', kind: 'rolling', windowMs: FIVE_HOURS, limit: undefined, source },
    { id: 'week', unit: 'share', kind: 'fixed', windowMs: WEEK, limit: undefined, source },
  ],
  creditRates: [],
  peak: undefined,
};
