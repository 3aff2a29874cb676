import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { policyEvents } from '../../src/core/policy-event.ts';

const HOUR = 3_600_000;
const at = (hours: number, code = '1313') => ({ at: hours * HOUR, code });

test('refusals less than an hour apart are one event, whatever an agent retried in between', () => {
  expect(policyEvents([at(0), at(0.5), at(1.4), at(10, '1121')])).toEqual([
    { codes: ['1313'], firstAt: 0, lastAt: 1.4 * HOUR, refusals: 3 },
    { codes: ['1121'], firstAt: 10 * HOUR, lastAt: 10 * HOUR, refusals: 1 },
  ]);
});

test('a stop that changes its code while it lasts stays one event', () => {
  expect(policyEvents([at(0), at(0.2, '1121'), at(0.3)])).toEqual([
    { codes: ['1313', '1121'], firstAt: 0, lastAt: 0.3 * HOUR, refusals: 3 },
  ]);
});

test('the order in which refusals are told makes no difference, and none is lost', () => {
  assert(
    property(array(integer({ min: 0, max: 50 }), { maxLength: 30 }), (tenths) => {
      const refusals = tenths.map((tenth) => at(tenth / 10));
      const events = policyEvents(refusals);
      expect(policyEvents(refusals.toReversed())).toEqual(events);
      expect(events.reduce((sum, { refusals: count }) => sum + count, 0)).toBe(refusals.length);
    }),
  );
});
