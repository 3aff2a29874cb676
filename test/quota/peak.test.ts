import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPeakClock, peakState } from '../../src/quota/peak.ts';
import { CREDITS, DAY, HOUR, SHARES } from './burns.ts';

/** Instants in UTC: peak is Monday to Friday 14-18 in UTC+8, so 06-10 UTC. */
const at = (day: number, hour: number, minute = 0) => Date.UTC(2026, 7, day, hour, minute);

describe('peak hours', () => {
  test.each([
    ['Wednesday, a minute before', at(12, 5, 59), false, at(12, 6)],
    ['Wednesday, at the start', at(12, 6), true, at(12, 10)],
    ['Wednesday, in the last minute', at(12, 9, 59), true, at(12, 10)],
    ['Wednesday, at the end', at(12, 10), false, at(13, 6)],
    ['Friday evening: until Monday', at(14, 12), false, at(17, 6)],
    ['Sunday at the hour of the peak', at(16, 7), false, at(17, 6)],
    ['Sunday 22:00 UTC, which is Monday there', at(16, 22), false, at(17, 6)],
  ])('%s', (_, now, isPeak, untilAt) => {
    expect(peakState(CREDITS, now)).toEqual({ now: isPeak, untilAt });
  });

  test('a plan without them has no state', () => {
    expect(peakState(SHARES, at(12, 7))).toBeUndefined();
    expect(peakState(undefined, at(12, 7))).toBeUndefined();
    expect(peakState({ ...CREDITS, peak: { ...CREDITS.peak!, weekdays: [] } }, at(12, 7))).toBeUndefined();
  });

  test('the state holds until the instant it names, and changes then', () => {
    const instants = fc.integer({ min: at(1, 0), max: at(1, 0) + 60 * DAY });
    fc.assert(
      fc.property(instants, (now) => {
        const state = peakState(CREDITS, now)!;
        expect(state.untilAt).toBeGreaterThan(now);
        expect(peakState(CREDITS, state.untilAt - 1)!.now).toBe(state.now);
        expect(peakState(CREDITS, state.untilAt)!.now).toBe(!state.now);
        expect(createPeakClock(CREDITS.peak!)(now)).toBe(state.now);
      }),
    );
  });

  test('an offset of half an hour is kept', () => {
    const plan = { ...CREDITS, peak: { ...CREDITS.peak!, utcOffset: '+05:30' } };
    expect(peakState(plan, at(12, 8, 29))).toEqual({ now: false, untilAt: at(12, 8, 30) });
    expect(createPeakClock(plan.peak)(at(12, 8, 30))).toBe(true);
    expect(createPeakClock(plan.peak)(at(12, 8, 30) + 4 * HOUR)).toBe(false);
  });
});
