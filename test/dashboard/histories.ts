import type { History, HistoryBucket, HistorySeries } from '../../src/core/history.ts';
import type { DashboardView } from '../../src/protocol/dashboard.ts';

export const NOW = Date.UTC(2026, 10, 22, 12, 37);
const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Work in a day's rhythm, the same every time: 0 at night, most in the afternoon, little at weekends. */
function rhythm(at: number): number {
  const hour = (at / HOUR) % 24;
  const weekday = Math.floor(at / DAY + 3) % 7;
  const day = Math.max(0, Math.sin(((hour - 7) / 14) * Math.PI));
  return day * (weekday >= 5 ? 0.25 : 1) * (0.6 + 0.4 * Math.sin(at / (5 * DAY)));
}

/** A History of one account as a relay would give it, in `count` buckets up to NOW. */
export function aHistory(bucket: HistoryBucket, count: number, over: Partial<History> = {}): History {
  const width = { '5m': HOUR / 12, '15m': HOUR / 4, '1h': HOUR, '6h': 6 * HOUR, '1d': DAY }[bucket];
  const from = NOW - count * width;
  const starts = Array.from({ length: count }, (_, i) => from + i * width);
  // A bucket of a day holds its whole rhythm.
  const load = (at: number) =>
    width >= DAY ? 3 + 2 * Math.sin(at / (5 * DAY)) : rhythm(at + width / 2) * (width / HOUR);
  const series = (id: string, share: number, name?: string, firstAt?: number): HistorySeries => ({
    id,
    ...(name === undefined ? {} : { name }),
    ...(firstAt === undefined ? {} : { firstAt }),
    tokens: starts.map((at) => Math.round(load(at) * share * 900_000)),
    requests: starts.map((at) => Math.round(load(at) * share * 40)),
  });
  return {
    schema: 'planward.history.v1',
    at: NOW,
    from,
    to: NOW,
    bucket,
    starts,
    knownFrom: from,
    account: { providerId: 'zai', accountKey: 'a1', providerName: 'Z.AI', planName: 'GLM Coding Plan Pro' },
    burn: {
      agent: [
        series('claude-code', 0.6, 'Claude Code'),
        series('cline', 0.25, 'Cline'),
        series('openclaw', 0.1, 'OpenClaw'),
        series('unknown', 0.05),
      ],
      model: [series('glm-5.3', 0.7), series('glm-4.7', 0.3)],
      kind: [series('main', 0.7), series('sub-agent', 0.2), series('overhead', 0.1)],
      session: [series('5f2c9a', 0.5, 'Claude Code', NOW - 3 * HOUR), series('unknown', 0.5)],
      workspace: [series('77aa01', 0.8, 'shop'), series('unknown', 0.2)],
    },
    week: {
      tokens: Array.from({ length: 168 }, (_, i) => Math.round(rhythm(4 * DAY + i * HOUR) * 900_000)),
      requests: Array.from({ length: 168 }, (_, i) => Math.round(rhythm(4 * DAY + i * HOUR) * 40)),
      peak: Array.from({ length: 168 }, (_, i) => i % 24 >= 14 && i % 24 < 18),
    },
    windows: [
      {
        id: 'five-hour',
        windowMs: 5 * HOUR,
        model: undefined,
        used: starts.map((at) =>
          rhythm(at) === 0 && width < DAY ? null : 0.15 + 0.8 * Math.abs(Math.sin(at / (9 * HOUR))),
        ),
        cycle: {
          startsAt: NOW - 3.5 * HOUR,
          resetsAt: NOW + 1.5 * HOUR,
          points: Array.from(
            { length: 40 },
            (_, i) => [NOW - 3.5 * HOUR + (i * 3.5 * HOUR) / 39, 0.88 * (i / 39) ** 0.8] as const,
          ),
        },
        capacity: Array.from({ length: 14 }, (_, i) => ({
          at: from + ((i + 1) * (NOW - from)) / 15,
          perPercent: 118 + 9 * Math.sin(i),
          over: 0.2 + (i % 5) * 0.15,
        })),
        capacityUnit: 'credits',
      },
      {
        id: 'week',
        windowMs: 7 * DAY,
        model: undefined,
        used: starts.map((at) => ((at / DAY) % 7) / 7),
        cycle: {
          startsAt: NOW - 3 * DAY,
          resetsAt: NOW + 4 * DAY,
          points: Array.from({ length: 60 }, (_, i) => [NOW - 3 * DAY + (i * 3 * DAY) / 59, 0.31 * (i / 59)] as const),
        },
        capacity: [],
        capacityUnit: undefined,
      },
    ],
    failures: [
      { at: from + (NOW - from) * 0.3, code: '1302', count: 9, policy: false },
      { at: from + (NOW - from) * 0.62, code: '1308', count: 2, policy: false },
      { at: from + (NOW - from) * 0.63, code: '1313', count: 1, policy: true },
    ],
    flags: [{ at: from + (NOW - from) * 0.6, ruleId: 'task-scope', category: 'travel' }],
    cost: {
      usdMicros: starts.map((at) => Math.round(load(at) * 700_000)),
      totalUsdMicros: starts.reduce((sum, at) => sum + Math.round(load(at) * 700_000), 0),
      unpriced: [],
      planUsdMicros: 15_000_000,
    },
    ...over,
  };
}

export function aView(over: Partial<DashboardView> = {}): DashboardView {
  return {
    now: NOW,
    state: 'live',
    accounts: [
      {
        providerId: 'zai',
        accountKey: 'a1',
        name: 'GLM Coding Plan Pro',
        notes: ['peak hours until 18:00 (full price)'],
        cards: [
          {
            id: 'five-hour',
            name: '5 hours',
            use: '88%',
            amount: '10,560 / 12,000 credits',
            resets: 'resets 14:07',
            pace: '18 points ahead of even use',
            outlook: 'At this pace: the 5-hour window ends 13:06, 1 h 1 m before its reset (fair confidence)',
            source: 'usage API, 2 min ago; our own count agrees within 1%',
            stale: false,
            level: 'low',
            exhaustsAt: NOW + 29 * 60_000,
            spoken: '88 percent of the 5-hour window used, resets in 1 hour 30 minutes, 18 points ahead of even use',
          },
          {
            id: 'week',
            name: 'Week',
            use: '31%',
            resets: 'resets Thu 12:37',
            pace: '12 points behind even use',
            outlook: 'At this pace: the weekly window lasts until its reset (good confidence)',
            source: 'usage API, 2 min ago',
            stale: false,
            level: 'ok',
            spoken: '31 percent of the weekly window used, resets in 4 days',
          },
        ],
      },
    ],
    ...over,
  };
}
