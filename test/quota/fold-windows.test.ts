import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import type { QuotaWindow } from '../../src/core/quota-window.ts';
import type { RateLimit } from '../../src/core/rate-limit.ts';
import type { Burn } from '../../src/core/usage.ts';
import { foldWindows } from '../../src/quota/fold-windows.ts';
import { burn, CREDITS, DAY, FIVE_HOURS, HOUR, MINUTE, NOW, PROMPTS, reading, SHARES, WEEK } from './burns.ts';

function fold(plan: Plan | undefined, burns: readonly Burn[], limits: readonly RateLimit[], now = NOW) {
  return foldWindows({ plan, burns, limits, now });
}

function window(id: string, windows: readonly QuotaWindow[]): QuotaWindow {
  const found = windows.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no window ${id} in ${windows.map((one) => one.id).join(', ')}`);
  return found;
}

describe('with the provider speaking', () => {
  const said = reading({ unit: 'credits', limit: 1_000, used: 700, usedFraction: 0.7, resetsAt: NOW + HOUR });

  test('its figure stands while nothing was used since', () => {
    const five = window('five-hour', fold(CREDITS, [burn(NOW - 2 * HOUR)], [said]));
    expect(five).toMatchObject({ used: 700, usedFraction: 0.7, limit: 1_000, basis: 'provider', level: 'ok' });
    expect(five).toMatchObject({ source: 'usage-api', seenAt: NOW - HOUR, resetsAt: NOW + HOUR });
  });

  test('what was used since it was read is added to it', () => {
    const burns = [burn(NOW - 2 * HOUR), burn(NOW - 30 * MINUTE), burn(NOW - MINUTE)];
    const five = window('five-hour', fold(CREDITS, burns, [said]));
    expect(five).toMatchObject({ used: 708, usedFraction: 0.708, basis: 'both', source: 'usage-api' });
  });

  test('our own count from the same window is told beside it, with how far it is off', () => {
    const burns = [burn(NOW - 5 * HOUR), burn(NOW - 2 * HOUR), burn(NOW - MINUTE)];
    const five = window('five-hour', fold(CREDITS, burns, [said]));
    expect(five.ledgerUsed).toBe(8);
    expect(five.disagreement).toBeCloseTo((8 - 704) / 1_000, 10);
  });

  test('once its reset has passed the window starts anew from our own count', () => {
    const spent = { ...said, usedFraction: 1, used: 1_000, resetsAt: NOW - 10 * MINUTE };
    const burns = [burn(NOW - 20 * MINUTE), burn(NOW - 5 * MINUTE)];
    const five = window('five-hour', fold(CREDITS, burns, [spent]));
    expect(five).toMatchObject({ used: 4, usedFraction: 0.004, basis: 'ledger', source: 'ledger', level: 'ok' });
    expect(five).toMatchObject({ resetsAt: NOW - 5 * MINUTE + FIVE_HOURS, seenAt: NOW - 5 * MINUTE });
    expect(five.disagreement).toBeUndefined();
  });

  test('a fixed window whose reset has passed goes on in its own cycle', () => {
    const spent = reading({
      policy: 'w',
      windowMs: WEEK,
      usedFraction: 0.9,
      resetsAt: NOW - 8 * DAY,
      seenAt: NOW - 9 * DAY,
    });
    const week = window('week', fold(CREDITS, [burn(NOW - 2 * DAY), burn(NOW - 12 * HOUR)], [spent]));
    expect(week).toMatchObject({ used: 4, basis: 'ledger', resetsAt: NOW + 6 * DAY });
  });

  test('a share of a plan of known size is turned into its unit', () => {
    const half = reading({ usedFraction: 0.5, resetsAt: NOW + HOUR });
    const five = window('five-hour', fold(PROMPTS, [burn(NOW - MINUTE)], [half]));
    expect(five).toMatchObject({ unit: 'prompts', limit: 80, basis: 'both' });
    expect(five.used).toBeCloseTo(40.2, 10);
  });

  test('a share of unknown size stays a share and is never guessed on', () => {
    const half = reading({ usedFraction: 0.5, resetsAt: NOW + HOUR });
    const five = window('five-hour', fold(SHARES, [burn(NOW - MINUTE)], [half]));
    expect(five).toMatchObject({ unit: 'share', used: undefined, usedFraction: 0.5, basis: 'provider' });
  });

  test('after the reset of a share of unknown size it is empty until used, then unknown', () => {
    const spent = reading({ usedFraction: 0.97, resetsAt: NOW - HOUR, seenAt: NOW - 2 * HOUR });
    expect(window('five-hour', fold(SHARES, [burn(NOW - 90 * MINUTE)], [spent]))).toMatchObject({
      usedFraction: 0,
      basis: 'ledger',
      level: 'ok',
    });
    expect(window('five-hour', fold(SHARES, [burn(NOW - 30 * MINUTE)], [spent]))).toMatchObject({
      usedFraction: undefined,
      basis: 'none',
      level: 'unknown',
      source: undefined,
      seenAt: undefined,
    });
  });

  test('an untouched window has no reset until it is used', () => {
    const empty = reading({ unit: 'credits', limit: 1_000, usedFraction: 0 });
    const before = [burn(NOW - 2 * HOUR)];
    const untouched = window('five-hour', fold(CREDITS, before, [empty]));
    expect(untouched).toMatchObject({
      used: 0,
      usedFraction: 0,
      resetsAt: undefined,
      basis: 'provider',
      ledgerUsed: 0,
    });
    const used = window('five-hour', fold(CREDITS, [...before, burn(NOW - MINUTE)], [empty]));
    expect(used).toMatchObject({ used: 4, basis: 'both', resetsAt: NOW - MINUTE + FIVE_HOURS });
  });

  test('an untouched week counts from the reading on, and its reset is not guessed', () => {
    const empty = reading({ policy: 'w', unit: 'credits', windowMs: WEEK, limit: 5_000, usedFraction: 0 });
    const burns = [burn(NOW - 2 * HOUR), burn(NOW - 30 * MINUTE)];
    expect(window('week', fold(CREDITS, burns, [empty]))).toMatchObject({
      used: 4,
      ledgerUsed: 4,
      basis: 'both',
      resetsAt: undefined,
    });
  });

  test('use is added to a figure of unknown limit without touching the share that was said', () => {
    const partly = reading({
      policy: 'w',
      unit: 'requests',
      windowMs: WEEK,
      used: 5,
      usedFraction: 0.5,
      resetsAt: NOW + DAY,
    });
    expect(window('week', fold(undefined, [burn(NOW)], [partly]))).toMatchObject({
      used: 6,
      usedFraction: 0.5,
      basis: 'both',
    });
  });

  test('a reading without a reset is believed for one window length only', () => {
    const old = reading({ usedFraction: 0.8, seenAt: NOW - 6 * HOUR });
    expect(window('five-hour', fold(SHARES, [], [{ ...old, seenAt: NOW - 4 * HOUR }])).usedFraction).toBe(0.8);
    expect(window('five-hour', fold(SHARES, [], [old])).usedFraction).toBeUndefined();
  });

  test('the level follows the fraction', () => {
    const level = (usedFraction: number | undefined) =>
      window('five-hour', fold(SHARES, [], [reading({ usedFraction, resetsAt: NOW + HOUR })])).level;
    expect([0, 0.7499, 0.75, 0.8999, 0.9, 0.9999, 1, 1.3, undefined].map(level)).toEqual([
      'ok',
      'ok',
      'watch',
      'watch',
      'low',
      'low',
      'exhausted',
      'exhausted',
      'unknown',
    ]);
  });
});

describe('without a word from the provider', () => {
  test('a plan of known size is counted from the ledger', () => {
    const five = window('five-hour', fold(CREDITS, [burn(NOW - HOUR), burn(NOW - MINUTE)], []));
    expect(five).toMatchObject({ used: 8, usedFraction: 0.008, basis: 'ledger', source: 'ledger', kind: 'rolling' });
    expect(five).toMatchObject({ resetsAt: NOW + 4 * HOUR, seenAt: NOW - MINUTE, ledgerUsed: 8 });
  });

  test('a plan nobody has used yet is empty, not unknown', () => {
    expect(fold(CREDITS, [], [])).toMatchObject([
      {
        id: 'five-hour',
        used: 0,
        usedFraction: 0,
        resetsAt: undefined,
        level: 'ok',
        basis: 'ledger',
        seenAt: undefined,
      },
      { id: 'week', used: 0, usedFraction: 0, resetsAt: undefined },
    ]);
  });

  test('a plan of unknown size is unknown', () => {
    expect(fold(SHARES, [burn(NOW)], [])).toMatchObject([
      { usedFraction: undefined, level: 'unknown', basis: 'none', ledgerUsed: undefined },
      { usedFraction: undefined, level: 'unknown', basis: 'none' },
    ]);
  });

  test('no plan and no reading give no windows', () => {
    expect(fold(undefined, [burn(NOW)], [])).toEqual([]);
  });

  test('use at the very end of a rolling window begins the next one', () => {
    const burns = [burn(NOW - FIVE_HOURS), burn(NOW)];
    expect(window('five-hour', fold(CREDITS, burns, []))).toMatchObject({ used: 4, resetsAt: NOW + FIVE_HOURS });
  });

  test('use from a clock that ran ahead begins no window yet', () => {
    const burns = [burn(NOW - HOUR), burn(NOW + 6 * HOUR)];
    expect(window('five-hour', fold(CREDITS, burns, []))).toMatchObject({ resetsAt: NOW + 4 * HOUR });
  });

  test('a rolling window begins with the first use after the one before ended', () => {
    // 11 and 7 hours ago are one window, ended 6 hours ago; the next begins 4.5 hours ago, at peak (8 credits), and is open.
    const burns = [burn(NOW - 11 * HOUR), burn(NOW - 7 * HOUR), burn(NOW - 4.5 * HOUR), burn(NOW - HOUR)];
    const five = window('five-hour', fold(CREDITS, burns, []));
    expect(five).toMatchObject({ used: 12, resetsAt: NOW + 0.5 * HOUR });
    expect(window('five-hour', fold(CREDITS, burns.slice(0, 2), [])).used).toBe(0);
  });

  test('a fixed week of unknown beginning counts the last seven days and tells no reset', () => {
    const week = window('week', fold(CREDITS, [burn(NOW - 8 * DAY), burn(NOW - 6 * DAY), burn(NOW)], []));
    expect(week).toMatchObject({ used: 8, resetsAt: undefined, kind: 'fixed' });
  });

  test('calendar windows are cut at midnight and on Monday where the plan lives', () => {
    const [day, week] = SHARES.windows;
    const plan: Plan = {
      ...CREDITS,
      windows: [
        { ...day!, id: 'day', kind: 'calendar', unit: 'requests', windowMs: DAY, limit: 10, utcOffset: '+08:00' },
        { ...week!, kind: 'calendar', unit: 'requests', limit: 100, utcOffset: '+08:00' },
        {
          ...week!,
          id: 'month',
          kind: 'calendar',
          unit: 'requests',
          windowMs: 30 * DAY,
          limit: 1_000,
          utcOffset: '+08:00',
        },
      ],
    };
    // NOW is Wednesday 20:00 in UTC+8: midnight there was 20 hours ago, Monday's 68 hours ago, the month's 11 days and 20 hours.
    const burns = [19, 21, 67, 69, 11 * 24 + 19, 11 * 24 + 21].map((hours) => burn(NOW - hours * HOUR));
    expect(fold(plan, burns, [])).toMatchObject([
      { id: 'day', used: 1, resetsAt: NOW + 4 * HOUR },
      { id: 'week', used: 3, resetsAt: NOW + 4 * HOUR + 4 * DAY },
      { id: 'month', used: 5, resetsAt: NOW - 11 * DAY - 20 * HOUR + 31 * DAY },
    ]);
  });
});

describe('which reading belongs to which window', () => {
  test('length decides, not the slot', () => {
    const limits = [
      reading({ policy: 'primary', windowMs: WEEK, usedFraction: 0.2, resetsAt: NOW + DAY }),
      reading({ policy: 'secondary', usedFraction: 0.6, resetsAt: NOW + HOUR }),
    ];
    expect(fold(SHARES, [], limits).map(({ id, usedFraction }) => [id, usedFraction])).toEqual([
      ['five-hour', 0.6],
      ['week', 0.2],
    ]);
  });

  test('two sources that speak of one window make one window, the newest first', () => {
    const limits = [
      reading({
        policy: 'five_hour',
        source: 'usage-api',
        usedFraction: 0.5,
        resetsAt: NOW + HOUR,
        seenAt: NOW - HOUR,
      }),
      reading({
        policy: 'unified-5h',
        source: 'header',
        usedFraction: 0.55,
        resetsAt: NOW + HOUR,
        seenAt: NOW - MINUTE,
      }),
    ];
    expect(fold(undefined, [], limits)).toMatchObject([
      { id: 'five-hour', usedFraction: 0.55, source: 'header', seenAt: NOW - MINUTE },
    ]);
  });

  test('a newer reading that says nothing does not blank a known figure', () => {
    const limits = [
      reading({
        unit: 'credits',
        limit: 1_000,
        used: 300,
        usedFraction: 0.3,
        resetsAt: NOW + HOUR,
        seenAt: NOW - HOUR,
      }),
      reading({ unit: 'credits', seenAt: NOW - MINUTE }),
    ];
    expect(window('five-hour', fold(CREDITS, [], limits))).toMatchObject({
      used: 300,
      limit: 1_000,
      resetsAt: NOW + HOUR,
    });
  });

  test('a newer figure without a limit or reset keeps the known ones', () => {
    const limits = [
      reading({ unit: 'credits', limit: 2_000, used: 300, resetsAt: NOW + HOUR, seenAt: NOW - HOUR }),
      reading({ unit: 'credits', used: 500, seenAt: NOW - MINUTE }),
    ];
    expect(window('five-hour', fold(CREDITS, [], limits))).toMatchObject({
      used: 500,
      limit: 2_000,
      usedFraction: 0.25,
      resetsAt: NOW + HOUR,
    });
  });

  test('a window that was emptied early loses its old reset', () => {
    const limits = [
      reading({ usedFraction: 0.9, resetsAt: NOW + 3 * HOUR, seenAt: NOW - HOUR }),
      reading({ usedFraction: 0, seenAt: NOW - MINUTE }),
    ];
    expect(window('five-hour', fold(SHARES, [], limits))).toMatchObject({ usedFraction: 0, resetsAt: undefined });
  });

  test('an old reset that had passed is not given to a newer figure', () => {
    const limits = [
      reading({ usedFraction: 0.9, resetsAt: NOW - 90 * MINUTE, seenAt: NOW - 2 * HOUR }),
      reading({ usedFraction: 0.2, seenAt: NOW - HOUR }),
    ];
    expect(window('five-hour', fold(SHARES, [], limits))).toMatchObject({ usedFraction: 0.2, resetsAt: undefined });
  });

  test('allowances of unknown length go by name, whoever speaks of them', () => {
    const limits = [
      reading({ policy: 'a', windowMs: undefined, usedFraction: 0.1, source: 'header' }),
      reading({ policy: 'b', windowMs: undefined, usedFraction: 0.2, source: 'usage-api' }),
      reading({ policy: 'a', windowMs: undefined, usedFraction: 0.3, source: 'usage-api', seenAt: NOW }),
    ];
    expect(fold(undefined, [], limits).map(({ id, usedFraction }) => [id, usedFraction])).toEqual([
      ['a', 0.3],
      ['b', 0.2],
    ]);
  });

  test('one model alone does not speak for the whole plan', () => {
    const only = reading({ policy: 'w-big', windowMs: WEEK, usedFraction: 1, model: 'big', resetsAt: NOW + DAY });
    expect(fold(SHARES, [], [only]).map(({ id, usedFraction }) => [id, usedFraction])).toEqual([
      ['five-hour', undefined],
      ['week', undefined],
      ['week:big', 1],
    ]);
  });

  test("a plan's own unit goes before another one of the same length", () => {
    const limits = [
      reading({ policy: 't', unit: 'tokens', limit: 100, used: 50, resetsAt: NOW + HOUR, seenAt: NOW - MINUTE }),
      reading({ policy: 'p', unit: 'prompts', limit: 80, used: 8, resetsAt: NOW + HOUR }),
    ];
    const five = window('five-hour', fold(PROMPTS, [], limits));
    expect(five).toMatchObject({ unit: 'prompts', used: 8 });
  });

  test('a model of its own has a window of its own, counted from that model only', () => {
    const limits = [
      reading({ policy: 'w', windowMs: WEEK, usedFraction: 0.1, resetsAt: NOW + DAY }),
      reading({
        policy: 'w-big',
        windowMs: WEEK,
        unit: 'requests',
        limit: 10,
        used: 1,
        model: 'Big',
        resetsAt: NOW + DAY,
      }),
    ];
    const windows = fold(SHARES, [burn(NOW, { model: 'big-1' }), burn(NOW, { model: 'small' })], limits);
    expect(window('week', windows)).toMatchObject({ usedFraction: 0.1, model: undefined });
    expect(window('week:Big', windows)).toMatchObject({ used: 2, model: 'Big', basis: 'both', usedFraction: 0.2 });
  });

  test('limits per minute go by their own names and are not counted along', () => {
    const minute = {
      windowMs: MINUTE,
      limit: 100,
      resetsAt: NOW + 30_000,
      source: 'header' as const,
      seenAt: NOW - 1_000,
    };
    const limits = [
      reading({ ...minute, policy: 'requests', unit: 'requests', used: 10, usedFraction: 0.1 }),
      reading({ ...minute, policy: 'input-tokens', unit: 'tokens', used: 20, usedFraction: 0.2 }),
      reading({ ...minute, policy: 'output-tokens', unit: 'tokens', used: 30, usedFraction: 0.3 }),
    ];
    const windows = fold(undefined, [burn(NOW)], limits);
    expect(windows.map(({ id, used, basis }) => [id, used, basis])).toEqual([
      ['input-tokens', 20, 'provider'],
      ['output-tokens', 30, 'provider'],
      ['requests', 10, 'provider'],
    ]);
    expect(fold(undefined, [], limits, NOW + 10 * MINUTE)).toEqual([]);
  });

  test('a window that only the provider knows is gone one length after its end', () => {
    const only = reading({ policy: 'x', usedFraction: 1, resetsAt: NOW - HOUR });
    expect(fold(undefined, [], [only])).toMatchObject([{ id: 'five-hour', usedFraction: 0, basis: 'ledger' }]);
    expect(fold(undefined, [], [only], NOW + 5 * HOUR)).toEqual([]);
  });

  test('a balance has no limit: what is left of it is told', () => {
    const balance = reading({ policy: 'balance', unit: 'usd-micros', windowMs: undefined, remaining: 5_000_000 });
    expect(fold(undefined, [burn(NOW)], [balance])).toMatchObject([
      { id: 'balance', unit: 'usd-micros', remaining: 5_000_000, usedFraction: undefined, level: 'unknown' },
    ]);
  });

  test('a plan in prompts that is reported in tokens is shown in tokens', () => {
    const tokens = reading({ unit: 'tokens', limit: 1_000_000, used: 10_000, resetsAt: NOW + HOUR });
    const windows = fold(PROMPTS, [burn(NOW - MINUTE)], [tokens]);
    expect(windows.map(({ id, unit, used }) => [id, unit, used])).toEqual([
      ['five-hour', 'tokens', 20_000],
      ['week', 'prompts', 0.2],
    ]);
  });
});

describe('laws', () => {
  const anyBurn = fc
    .record({
      at: fc.integer({ min: 0, max: 10 * 24 * 60 }),
      model: fc.constantFrom('big-1', 'big-2', 'small', 'unknown'),
      agentId: fc.constantFrom('a', 'b'),
      requests: fc.integer({ min: 1, max: 9 }),
      cacheReadTokens: fc.nat(99_999),
      freshTokens: fc.nat(99_999),
      outputTokens: fc.nat(9_999),
    })
    .map(({ at, freshTokens, ...rest }) =>
      burn(NOW - at * MINUTE, { ...rest, inputTokens: rest.cacheReadTokens + freshTokens }),
    );
  const anyLimit = fc
    .record({
      policy: fc.constantFrom('x', 'y'),
      windowMs: fc.constantFrom(FIVE_HOURS, WEEK, undefined),
      usedFraction: fc.option(fc.double({ min: 0, max: 1.2, noNaN: true }), { nil: undefined }),
      unit: fc.constantFrom('share' as const, 'credits' as const),
      resetsAt: fc.constantFrom(undefined, NOW - HOUR, NOW + HOUR),
      seenAt: fc.constantFrom(NOW - 2 * HOUR, NOW - 90 * MINUTE, NOW - MINUTE),
      source: fc.constantFrom('header' as const, 'usage-api' as const),
      model: fc.constantFrom(undefined, 'big'),
    })
    .map(reading);
  const anyPlan = fc.constantFrom(CREDITS, PROMPTS, SHARES, undefined);

  test('any order of burns and readings folds to the same windows', () => {
    fc.assert(
      fc.property(
        anyPlan,
        fc.array(anyBurn),
        fc.array(anyLimit, { maxLength: 6 }),
        fc.nat(),
        (plan, burns, limits, at) => {
          const turn = <T>(list: readonly T[]) => [
            ...list.slice(at % (list.length + 1)),
            ...list.slice(0, at % (list.length + 1)),
          ];
          const straight = fold(plan, burns, limits);
          expect(fold(plan, burns.toReversed(), limits.toReversed())).toEqual(straight);
          expect(fold(plan, turn(burns), turn(limits))).toEqual(straight);
        },
      ),
    );
  });

  test('burns of one minute and model in one batch or in many fold to the same windows', () => {
    fc.assert(
      fc.property(anyPlan, fc.array(anyBurn), fc.array(anyLimit, { maxLength: 3 }), (plan, burns, limits) => {
        const batches = new Map<string, Burn>();
        for (const one of burns) {
          const key = `${one.minuteAt} ${one.model}`;
          const into = batches.get(key);
          batches.set(key, into === undefined ? one : merged(into, one));
        }
        expect(fold(plan, [...batches.values()], limits)).toEqual(fold(plan, burns, limits));
      }),
    );
  });

  test('every figure is a number that is not negative, or not known', () => {
    fc.assert(
      fc.property(anyPlan, fc.array(anyBurn), fc.array(anyLimit, { maxLength: 6 }), (plan, burns, limits) => {
        for (const { used, usedFraction, ledgerUsed, basis, level } of fold(plan, burns, limits)) {
          for (const figure of [used, usedFraction, ledgerUsed]) expect(figure ?? 0).toBeGreaterThanOrEqual(0);
          expect(level === 'unknown').toBe(usedFraction === undefined);
          if (basis === 'none') expect(used ?? usedFraction).toBeUndefined();
        }
      }),
    );
  });

  test('more use never makes a window emptier', () => {
    fc.assert(
      fc.property(fc.array(anyBurn), anyBurn, fc.array(anyLimit, { maxLength: 3 }), (burns, more, limits) => {
        const week = (all: readonly Burn[]) => fold(CREDITS, all, limits).find(({ id }) => id === 'week')?.used ?? 0;
        expect(week([...burns, more])).toBeGreaterThanOrEqual(week(burns) - 1e-9);
      }),
    );
  });

  test('ids are unique', () => {
    fc.assert(
      fc.property(anyPlan, fc.array(anyLimit), (plan, limits) => {
        const ids = fold(plan, [], limits).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

test('ten thousand minutes of use fold in a few milliseconds', () => {
  const burns = Array.from({ length: 10_000 }, (_, index) => burn(NOW - index * MINUTE));
  let best = Infinity;
  for (let round = 0; round < 8; round++) {
    const startedAt = performance.now();
    fold(CREDITS, burns, []);
    best = Math.min(best, performance.now() - startedAt);
  }
  // A machine under load may take several times as long as the 2 ms seen on an idle one.
  expect(best).toBeLessThan(25);
});

function merged(a: Burn, b: Burn): Burn {
  return {
    ...a,
    requests: a.requests + b.requests,
    inputTokens: a.inputTokens + b.inputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    outputTokens: a.outputTokens + b.outputTokens,
  };
}

describe('who speaks of a window', () => {
  const api = reading({ unit: 'credits', limit: 1_000, used: 700, resetsAt: NOW + HOUR, seenAt: NOW - 2 * MINUTE });
  const header = reading({ policy: '5h', usedFraction: 0.68, resetsAt: NOW + HOUR, source: 'header', seenAt: NOW });

  test('is told with what each said and when, newest first, the ledger among them', () => {
    const used = [burn(NOW - HOUR), burn(NOW - 10 * MINUTE)];
    expect(window('five-hour', fold(CREDITS, used, [api, header])).sources).toEqual([
      { source: 'header', usedFraction: 0.68, seenAt: NOW },
      { source: 'usage-api', usedFraction: 0.7, seenAt: NOW - 2 * MINUTE },
      { source: 'ledger', usedFraction: 0.008, seenAt: NOW - 10 * MINUTE },
    ]);
  });

  test('is nobody where nobody does', () => {
    expect(window('five-hour', fold(CREDITS, [], [])).sources).toEqual([]);
  });

  test('leaves out what was said of the window before', () => {
    const old = { ...header, resetsAt: NOW - MINUTE, seenAt: NOW - 2 * HOUR };
    const sources = window('five-hour', fold(CREDITS, [], [api, old])).sources!;
    expect(sources.map(({ source }) => source)).toEqual(['usage-api']);
  });

  test('a window of one model is in use while the newest traffic is of that model', () => {
    const week = reading({ policy: 'w', windowMs: WEEK, model: 'big', usedFraction: 1, resetsAt: NOW + DAY });
    const at = (back: number, model: string) => burn(NOW - back, { model });
    const inUse = (burns: readonly Burn[]) => window('week:big', fold(SHARES, burns, [week])).inUse;
    expect(inUse([at(HOUR, 'big-1')])).toBe(true);
    expect(inUse([at(HOUR, 'big-1'), at(MINUTE, 'small')])).toBe(true);
    expect(inUse([at(2 * HOUR, 'big-1'), at(MINUTE, 'small')])).toBe(false);
    expect(inUse([])).toBeUndefined();
    expect(window('five-hour', fold(SHARES, [], [week])).inUse).toBeUndefined();
  });
});
