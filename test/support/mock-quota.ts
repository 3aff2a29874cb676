import type { TokenFigures } from './mock-usage.ts';

/**
 * The books a Z.AI-like provider keeps of one account, and its quota endpoint's answers.
 * Credits, rates, peak hours and payload fields: docs.z.ai/devpack/overview (read September 2026) and public captures
 * of `/api/monitor/usage/quota/limit`.
 */

const HOUR_MS = 3_600_000;
const FIVE_HOURS_MS = 5 * HOUR_MS;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** Credits per 5 hours; a week has five times as many. */
export const PLAN_CREDITS = { lite: 2000, pro: 12_000, max: 28_000 } as const;
export type MockPlan = keyof typeof PLAN_CREDITS;

export type QuotaAnswer = 'credits' | 'legacy' | 'no-plan' | 'html';

/** One answered chat request. */
export interface BookedUse {
  readonly at: number;
  readonly model: string;
  readonly usage: TokenFigures;
  readonly credits: number;
}

/** Credits of one exchange at an instant: published rates, half price outside Mon-Fri 14:00-18:00 UTC+8. */
export function creditsOf(model: string, usage: TokenFigures, at: number): number {
  const rate = RATES.find(([prefix]) => model.toLowerCase().startsWith(prefix)) ?? RATES.at(-1)!;
  const [, input, cached, output] = rate;
  const fresh = usage.inputTokens - usage.cacheReadTokens;
  return (peakFactor(at) * (fresh * input + usage.cacheReadTokens * cached + usage.outputTokens * output)) / 10_000;
}

/** Prefix, then credits per 10,000 tokens of input, cached input and output. The last row is for all other models. */
const RATES: readonly (readonly [string, number, number, number])[] = [
  ['glm-5.3-flash', 2.3, 0.56, 8],
  ['glm-5-turbo', 5.7, 1.5, 21],
  ['glm-4.7', 4.6, 1.2, 16],
  ['glm-4.6v', 1.2, 0.3, 2.7],
  ['', 6.9, 1.7, 24],
];

function peakFactor(at: number): number {
  const there = new Date(at + 8 * HOUR_MS);
  const weekday = there.getUTCDay() >= 1 && there.getUTCDay() <= 5;
  return weekday && there.getUTCHours() >= 14 && there.getUTCHours() < 18 ? 1 : 0.5;
}

/** The endpoint's answer for one account. Windows begin with their first use; an untouched one has no reset time. */
export function writeQuota(answer: QuotaAnswer, plan: MockPlan, uses: readonly BookedUse[], now: number): string {
  if (answer === 'html') return '<html><body>502 Bad Gateway</body></html>';
  if (answer === 'no-plan') return JSON.stringify({ code: 500, msg: '当前用户不存在coding plan', success: false });
  const fiveHour = windowOf(uses, now, FIVE_HOURS_MS, PLAN_CREDITS[plan]);
  const week = windowOf(uses, now, WEEK_MS, PLAN_CREDITS[plan] * 5);
  const data =
    answer === 'credits'
      ? {
          limits: [
            { type: 'CREDIT_LIMIT', unit: 3, number: 5, ...figures(fiveHour) },
            { type: 'CREDIT_LIMIT', unit: 6, number: 1, ...figures(week) },
          ],
          level: plan,
        }
      : {
          planName: plan[0]!.toUpperCase() + plan.slice(1),
          limits: [
            { type: 'TOKENS_LIMIT', unit: 3, number: 5, ...shareOnly(fiveHour) },
            { type: 'TOKENS_LIMIT', unit: 6, number: 1, ...shareOnly(week) },
            { type: 'TIME_LIMIT', unit: 5, number: 1, usage: 1000, currentValue: 0, remaining: 1000, percentage: 0 },
          ],
        };
  return JSON.stringify({ code: 200, msg: 'Operation successful', data, success: true });
}

/** What the endpoint says to a key it does not know: status 200 with 401 in the body. */
export function writeQuotaRefusal(): string {
  return JSON.stringify({ code: 401, msg: 'token expired or incorrect', success: false });
}

interface Window {
  readonly limit: number;
  readonly used: number;
  readonly resetsAt: number | undefined;
}

function windowOf(uses: readonly BookedUse[], now: number, spanMs: number, limit: number): Window {
  let startedAt: number | undefined;
  let used = 0;
  for (const use of uses) {
    if (use.at > now) break;
    if (startedAt === undefined || use.at >= startedAt + spanMs) {
      startedAt = use.at;
      used = 0;
    }
    used += use.credits;
  }
  if (startedAt === undefined || now >= startedAt + spanMs) return { limit, used: 0, resetsAt: undefined };
  return { limit, used, resetsAt: startedAt + spanMs };
}

/** Decimals are truncated as the real endpoint does, so `remaining` can be one off. */
function figures({ limit, used, resetsAt }: Window): Readonly<Record<string, number>> {
  return {
    usage: limit,
    currentValue: Math.floor(used),
    remaining: Math.max(0, Math.floor(limit - used)),
    percentage: Math.floor((used * 100) / limit),
    ...(resetsAt === undefined ? {} : { nextResetTime: resetsAt }),
  };
}

function shareOnly({ limit, used, resetsAt }: Window): Readonly<Record<string, number>> {
  return {
    percentage: Math.floor((used * 100) / limit),
    ...(resetsAt === undefined ? {} : { nextResetTime: resetsAt }),
  };
}
