import { assert, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Guard } from '../../../src/core/guard.ts';
import type { QuotaWindow } from '../../../src/core/quota-window.ts';
import { guardDecision, softBudgetsReached } from '../../../src/relay/admission/guards.ts';
import { aWindow, HOUR, NOW } from './a-window.ts';

const hard = (line: { percent?: number; units?: number }, window = 'five-hour'): Guard => ({
  budgets: [{ window, hard: line }],
});
const week = (change: Partial<QuotaWindow> = {}) =>
  aWindow({ id: 'week', windowMs: 168 * HOUR, resetsAt: NOW + 50 * HOUR, ...change });
const PEAK = { now: true, untilAt: NOW + 2 * HOUR };

describe('guardDecision', () => {
  const table: [
    why: string,
    guard: Guard,
    windows: readonly QuotaWindow[],
    expected: 'go' | readonly ['budget' | 'peak', number | undefined],
    peak?: { readonly now: boolean; readonly untilAt: number } | undefined,
    model?: string,
  ][] = [
    ['no guard lets everything go', {}, [aWindow({ usedFraction: 1 })], 'go', PEAK],
    ['under the line', hard({ percent: 92 }), [aWindow()], 'go'],
    ['at the line', hard({ percent: 91 }), [aWindow()], ['budget', NOW + HOUR]],
    ['units, at the line', hard({ units: 10_920 }), [aWindow()], ['budget', NOW + HOUR]],
    ['units, under it', hard({ units: 10_921 }), [aWindow()], 'go'],
    [
      'units reckoned from share and limit',
      hard({ units: 10_000 }),
      [aWindow({ used: undefined })],
      ['budget', NOW + HOUR],
    ],
    [
      'percent reckoned from used and limit',
      hard({ percent: 90 }),
      [aWindow({ usedFraction: undefined })],
      ['budget', NOW + HOUR],
    ],
    ['the lower of two lines counts', hard({ percent: 99, units: 100 }), [aWindow()], ['budget', NOW + HOUR]],
    [
      'unknown is not full',
      hard({ percent: 1, units: 1 }),
      [aWindow({ used: undefined, usedFraction: undefined })],
      'go',
    ],
    ['another window', hard({ percent: 10 }, 'week'), [aWindow()], 'go'],
    ['a window that has reset', hard({ percent: 10 }), [aWindow({ resetsAt: NOW })], 'go'],
    [
      'a window whose reset nobody knows',
      hard({ percent: 10 }),
      [aWindow({ resetsAt: undefined })],
      ['budget', undefined],
    ],
    ['a soft budget holds nothing', { budgets: [{ window: 'five-hour', soft: { percent: 1 } }] }, [aWindow()], 'go'],
    [
      'near the limit of any window',
      { pauseAtPercent: 90 },
      [aWindow({ usedFraction: 0.1 }), week()],
      ['budget', NOW + 50 * HOUR],
    ],
    ['not near it', { pauseAtPercent: 95 }, [aWindow(), week()], 'go'],
    [
      'a window of another model',
      { pauseAtPercent: 90 },
      [aWindow({ model: 'opus' })],
      'go',
      undefined,
      'claude-sonnet-5',
    ],
    [
      'a window of the request’s model',
      { pauseAtPercent: 90 },
      [aWindow({ model: 'Sonnet' })],
      ['budget', NOW + HOUR],
      undefined,
      'claude-sonnet-5',
    ],
    ['a window of a model where the request names none', { pauseAtPercent: 90 }, [aWindow({ model: 'opus' })], 'go'],
    ['peak hours', { offPeakOnly: true }, [], ['peak', NOW + 2 * HOUR], PEAK],
    ['off peak', { offPeakOnly: true }, [], 'go', { now: false, untilAt: NOW + 9 * HOUR }],
    ['a plan without peak hours', { offPeakOnly: true }, [], 'go'],
    ['the peak guard switched off', { offPeakOnly: false }, [], 'go', PEAK],
    [
      'the stop that ends last is told: budget',
      { pauseAtPercent: 90, offPeakOnly: true },
      [week()],
      ['budget', NOW + 50 * HOUR],
      PEAK,
    ],
    [
      'the stop that ends last is told: peak',
      { pauseAtPercent: 90, offPeakOnly: true },
      [aWindow()],
      ['peak', NOW + 2 * HOUR],
      PEAK,
    ],
    [
      'one without an end before all others',
      { pauseAtPercent: 90, offPeakOnly: true },
      [aWindow({ resetsAt: undefined }), week()],
      ['budget', undefined],
      PEAK,
    ],
  ];
  test.each(table)('%s', (_, guard, windows, expected, peak, model) => {
    const decision = guardDecision({ guard, windows, peak, model, now: NOW });
    expect(decision.kind === 'go' ? 'go' : [decision.stop, decision.untilAt]).toEqual(expected);
  });

  test('a lower line never lets through what a higher one holds', () => {
    assert(
      property(double({ min: 0, max: 1.2, noNaN: true }), double({ min: 1, max: 100, noNaN: true }), (used, line) => {
        const held = (percent: number) =>
          guardDecision({
            guard: hard({ percent }),
            windows: [aWindow({ usedFraction: used })],
            peak: undefined,
            now: NOW,
          }).kind === 'stop';
        if (held(line)) expect(held(Math.max(1, line / 2))).toBe(true);
      }),
    );
  });
});

test('soft budgets are reached like hard ones, and not after the reset', () => {
  const guard: Guard = {
    budgets: [
      { window: 'five-hour', soft: { percent: 80 } },
      { window: 'week', soft: { units: 1 } },
    ],
  };
  const reached = (windows: readonly QuotaWindow[]) =>
    softBudgetsReached({ guard, windows, now: NOW }).map(({ window }) => window.id);
  expect(reached([aWindow(), week()])).toEqual(['five-hour', 'week']);
  expect(reached([aWindow({ usedFraction: 0.79 }), week({ resetsAt: NOW - 1 })])).toEqual([]);
});
