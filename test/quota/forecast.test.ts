import { describe, expect, test } from 'vitest';
import type { QuotaWindow } from '../../src/core/quota-window.ts';
import type { Burn } from '../../src/core/usage.ts';
import { findProvider } from '../../src/providers/list.ts';
import { forecastWindow } from '../../src/quota/forecast.ts';
import { HISTORIES, replay } from '../../bench/forecast-replay.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const plan = findProvider('zai')!.plans.find(({ id }) => id.endsWith('pro'))!;
/** Monday 7 Sep 2026, 02:00 in China: off-peak until 14:00 there. */
const START = Date.UTC(2026, 8, 6, 18);

function window(over: Partial<QuotaWindow>): QuotaWindow {
  return {
    id: 'five-hour',
    unit: 'tokens',
    kind: 'rolling',
    windowMs: 5 * HOUR,
    limit: 1_000_000,
    used: undefined,
    usedFraction: 0.5,
    resetsAt: START + 5 * HOUR,
    model: undefined,
    level: 'ok',
    basis: 'ledger',
    source: 'ledger',
    seenAt: START,
    ledgerUsed: undefined,
    disagreement: undefined,
    ...over,
  };
}

/** One request of `tokens` at each of the minutes after START. */
function burns(minutes: readonly number[], tokens: number, over: Partial<Burn> = {}): Burn[] {
  return minutes.map((minute) => ({
    minuteAt: START + minute * MINUTE,
    providerId: 'zai',
    accountKey: 'a',
    model: 'glm-5.3',
    agentId: 'claude-code',
    requests: 1,
    inputTokens: tokens,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    ...over,
  }));
}

const every = (step: number, until: number) => Array.from({ length: Math.floor(until / step) }, (_, i) => i * step);

describe('a forecast', () => {
  test('of steady use names the time it runs out', () => {
    // 100,000 tokens every 10 minutes: a million is gone 100 minutes after the start.
    const now = START + 50 * MINUTE;
    const forecast = forecastWindow({ window: window({}), plan: undefined, burns: burns(every(10, 50), 100_000), now });
    expect(forecast).toMatchObject({ outlook: 'runs-out', confidence: 'low' });
    expect(forecast!.pace).toBeCloseTo(0.5 - 50 / 300, 10);
    expect(Math.abs(forecast!.exhaustsAt! - (START + 100 * MINUTE))).toBeLessThan(5 * MINUTE);
  });

  test('of use that is slower than the window lasts until the reset', () => {
    const now = START + 100 * MINUTE;
    const input = { window: window({ usedFraction: 0.2 }), plan: undefined, burns: burns(every(10, 100), 20_000), now };
    expect(forecastWindow(input)).toMatchObject({ outlook: 'lasts', exhaustsAt: undefined, confidence: 'fair' });
  });

  test('says nothing in the first 3 % of a window, without a reset, and of unknown use', () => {
    const input = { window: window({}), plan: undefined, burns: burns([0, 3, 6], 100_000), now: START + 8 * MINUTE };
    expect(forecastWindow(input)).toBeUndefined();
    const later = { ...input, now: START + HOUR };
    expect(forecastWindow({ ...later, window: window({ resetsAt: undefined }) })).toBeUndefined();
    expect(forecastWindow({ ...later, window: window({ usedFraction: undefined }) })).toBeUndefined();
    expect(forecastWindow({ ...later, now: START + 6 * HOUR })).toBeUndefined();
    expect(forecastWindow(later)).toBeDefined();
  });

  test('names no time from one burst, but gives the pace', () => {
    const input = { window: window({}), plan: undefined, burns: burns([2, 3, 4, 4], 125_000), now: START + HOUR };
    expect(forecastWindow(input)).toMatchObject({ pace: 0.5 - 0.2, outlook: 'unknown', exhaustsAt: undefined });
  });

  test('of a spent window says so', () => {
    const input = { window: window({ usedFraction: 1.01 }), plan: undefined, burns: [], now: START + HOUR };
    expect(forecastWindow(input)).toMatchObject({ outlook: 'runs-out', exhaustsAt: START + HOUR, turnsLeft: 0 });
  });

  test('lets peak hours burn faster: the same use runs out sooner where they are to come', () => {
    // Off-peak until 14:00 in China (06:00 UTC); one window ends before, the other reaches into it.
    const at = (startsAt: number) => {
      const now = startsAt + 2 * HOUR;
      const shift = startsAt - START;
      const use = burns(every(5, 120), 30_000).map((burn) => ({ ...burn, minuteAt: burn.minuteAt + shift }));
      const credits = window({ unit: 'credits', limit: 800, usedFraction: 0.31, resetsAt: startsAt + 5 * HOUR });
      return { now, forecast: forecastWindow({ window: credits, plan, burns: use, now })! };
    };
    const night = at(START);
    const beforePeak = at(Date.UTC(2026, 8, 7, 3));
    expect(night.forecast.outlook).toBe('lasts');
    expect(beforePeak.forecast.outlook).toBe('runs-out');
    expect(beforePeak.forecast.exhaustsAt).toBeGreaterThan(Date.UTC(2026, 8, 7, 6));
  });

  test('counts the turns that still fit by the middle one of the last ten', () => {
    const use = burns([0, 10, 20, 30, 40], 50_000).map((burn, i) =>
      i === 2 ? { ...burn, inputTokens: 400_000 } : burn,
    );
    const input = { window: window({ usedFraction: 0.6 }), plan: undefined, burns: use, now: START + 50 * MINUTE };
    expect(forecastWindow(input)!.turnsLeft).toBe(8);
    expect(forecastWindow({ ...input, burns: use.slice(0, 2) })!.turnsLeft).toBeUndefined();
  });

  test('of a share without a limit goes by the share that was used', () => {
    const share = window({ unit: 'share', limit: undefined, usedFraction: 0.5 });
    const now = START + 50 * MINUTE;
    const forecast = forecastWindow({ window: share, plan: undefined, burns: burns(every(10, 50), 7), now });
    expect(Math.abs(forecast!.exhaustsAt! - (START + 100 * MINUTE))).toBeLessThan(5 * MINUTE);
  });

  test('learns the working week: a weekend to come is not taken for working days', () => {
    const weeks = [0, 1, 2].flatMap((week) =>
      [0, 1, 2, 3, 4].flatMap((day) =>
        burns(
          every(20, 480).map((minute) => minute + (week * 7 + day) * 1440),
          1000,
        ),
      ),
    );
    const now = START + (2 * 7 + 4) * 24 * HOUR + 8 * HOUR; // Friday evening of the third week
    const used = 5 * 24 * 1000;
    const week = window({
      id: 'week',
      windowMs: 7 * 24 * HOUR,
      limit: used * 1.2,
      usedFraction: 1 / 1.2,
      resetsAt: START + 21 * 24 * HOUR,
    });
    expect(forecastWindow({ window: week, plan: undefined, burns: weeks, now })!.outlook).toBe('lasts');
    const unaware = weeks.filter(({ minuteAt }) => minuteAt >= START + 14 * 24 * HOUR);
    expect(forecastWindow({ window: week, plan: undefined, burns: unaware, now })!.outlook).toBe('runs-out');
  });

  test('comes true on replayed histories: few false alarms, fewer misses', () => {
    const results = replay([HISTORIES[1]!, HISTORIES[4]!], 5);
    expect(results.map(({ window: id }) => id).toSorted()).toEqual(['five-hour', 'week']);
    for (const { said, falseAlarm, missed } of results) {
      expect(said).toBeGreaterThan(100);
      expect((falseAlarm + missed) / said).toBeLessThan(0.1);
    }
  }, 60_000);
});
