import type { CreditRate, PeakHours, Plan, PlanWindow, PromptRule, Source } from '../core/plan.ts';
import { FIVE_HOURS, WEEK } from './spans.ts';

const OVERVIEW: Source = { url: 'https://docs.z.ai/devpack/overview', readOn: '2026-09-07' };
const REVISION: Source = { url: 'https://docs.z.ai/devpack/notice/usage-revision', readOn: '2026-09-07' };
const FAQ: Source = { url: 'https://docs.z.ai/devpack/faq', readOn: '2026-07-06' };

/** Plans in credits began on this day (UTC). */
const CREDITS_FROM = '2026-07-30';

/** `(input x in + cached x cachedIn + output x out) / 10,000`; a cache write has no published rate and counts as input. */
const CREDIT_RATES: readonly CreditRate[] = [
  // Calls of 5.2, 5.1 and 5 are served by GLM-5.3 and billed at its rate.
  rate('glm-5', 6.9, 1.7, 24),
  rate('glm-5.3', 6.9, 1.7, 24),
  rate('glm-5.3-flash', 2.3, 0.56, 8),
  rate('glm-5-turbo', 5.7, 1.5, 21),
  rate('glm-4.7', 4.6, 1.2, 16),
  rate('glm-4.6v', 1.2, 0.3, 2.7),
  rate('glm-4', 4.6, 1.2, 16, 'Not in the published table: counted like GLM-4.7.'),
  rate(
    '',
    6.9,
    1.7,
    24,
    "Any other id (the vendor maps Claude Code's own model names to its models): counted like GLM-5.3, to say too much rather than too little.",
  ),
];

function rate(model: string, input: number, cachedInput: number, output: number, doubt?: string): CreditRate {
  const source = doubt === undefined ? REVISION : { ...REVISION, doubt };
  return { model, input, cachedInput, output, from: CREDITS_FROM, source };
}

/** Monday to Friday 14:00-18:00 in UTC+8, on both sites. */
const PEAK: PeakHours = {
  weekdays: [1, 2, 3, 4, 5],
  startHour: 14,
  endHour: 18,
  utcOffset: '+08:00',
  peakFactor: 1,
  offPeakFactor: 0.5,
  source: REVISION,
};

const LEGACY_PROMPTS: PromptRule = {
  callsPerPrompt: 15,
  factors: [{ model: 'glm-5', peak: 3, offPeak: 2 }],
  source: {
    ...FAQ,
    doubt:
      'The vendor says 15 to 20 model calls a prompt; 15 is used. Off-peak promotions (1x until 2026-09) are left out.',
  },
};

/**
 * The GLM Coding Plan as both sites sell it. Plans of today stand first; `glm-legacy-…` are the prompt plans that run
 * until their cycle ends, `glm-team-…` count tokens. `doubt` is what is unsure about these figures for one site.
 */
export function glmPlans(prices: Readonly<Record<string, number>>, doubt?: string): readonly Plan[] {
  const said = (source: Source): Source => (doubt === undefined ? source : { ...source, doubt });
  return [
    ...CREDIT_TIERS.map(([tier, fiveHours, week]) => ({
      ...base(`glm-${tier}`, `GLM Coding Plan ${title(tier)}`, [tier]),
      windows: windows('credits', fiveHours, week, said(OVERVIEW)),
      creditRates: CREDIT_RATES,
      peak: PEAK,
      priceUsdMicros: prices[tier],
    })),
    ...LEGACY_TIERS.map(([tier, fiveHours, week]) => ({
      ...base(`glm-legacy-${tier}`, `GLM Coding Plan ${title(tier)} (prompts)`, [tier]),
      windows: windows('prompts', fiveHours, week, {
        ...FAQ,
        doubt:
          "Approximate in the vendor's own words; late 2025 the same plans were sold with 120, 600 and 2,400 prompts.",
      }),
      // Prompts carry their own factors; the hours are the same.
      peak: { ...PEAK, offPeakFactor: 1 },
      prompts: LEGACY_PROMPTS,
    })),
    ...TEAM_TIERS.map(([tier, fiveHours, week]) => ({
      ...base(`glm-team-${tier}`, `GLM Coding Plan Team ${title(tier)}`, [tier, `team-${tier}`, `team ${tier}`]),
      windows: windows('tokens', fiveHours, week, {
        ...OVERVIEW,
        doubt: 'Whether cached tokens count in full is not published; all input and output tokens are counted.',
      }),
    })),
  ];
}

/** Tier, per five hours, per week. */
const CREDIT_TIERS = [
  ['lite', 2_000, 10_000],
  ['pro', 12_000, 60_000],
  ['max', 28_000, 140_000],
] as const;
const LEGACY_TIERS = [
  ['lite', 80, 400],
  ['pro', 400, 2_000],
  ['max', 1_600, 8_000],
] as const;
const TEAM_TIERS = [
  ['standard', 60_000_000, 300_000_000],
  ['premium', 160_000_000, 800_000_000],
] as const;

function base(id: string, name: string, tiers: readonly string[]): Omit<Plan, 'windows'> {
  return {
    id,
    name,
    shortName: 'GLM',
    tiers,
    creditRates: [],
    peak: undefined,
    prompts: undefined,
    priceUsdMicros: undefined,
  };
}

/** Five hours are released five hours after they were used; the week is seven days from the hour of the order. */
function windows(unit: PlanWindow['unit'], fiveHours: number, week: number, source: Source): readonly PlanWindow[] {
  return [
    { id: 'five-hour', unit, kind: 'rolling', windowMs: FIVE_HOURS, limit: fiveHours, source },
    { id: 'week', unit, kind: 'fixed', windowMs: WEEK, limit: week, source },
  ];
}

function title(tier: string): string {
  return tier.charAt(0).toUpperCase() + tier.slice(1);
}
