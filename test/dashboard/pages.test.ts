import { describe, expect, test } from 'vitest';
import { toCsv } from '../../src/dashboard/csv.ts';
import { FIRST_STATE, readState } from '../../src/dashboard/page-state.ts';
import { bucketAt, bucketFor, stack, timeTicks, valueTicks, zoom } from '../../src/dashboard/scales.ts';
import { createWords, sayCount, sayShare } from '../../src/dashboard/words.ts';
import { MAX_SPAN_MS } from '../../src/protocol/history.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('scales', () => {
  test('a bucket is never asked for a span the relay refuses', () => {
    for (const span of [HOUR, 5 * HOUR, 11 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY, 62 * DAY, 63 * DAY, 365 * DAY]) {
      expect(span).toBeLessThanOrEqual(MAX_SPAN_MS[bucketFor(span)]);
    }
  });

  test('value ticks begin at 0, are round and reach the most', () => {
    expect(valueTicks(0)).toEqual([0, 1]);
    expect(valueTicks(1)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(valueTicks(87)).toEqual([0, 25, 50, 75, 100]);
    for (const most of [3, 17, 999, 12_345, 0.004]) {
      const ticks = valueTicks(most);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-9));
      expect(ticks.length).toBeLessThanOrEqual(6);
    }
  });

  test('time ticks stand at whole hours, days and months of the zone', () => {
    const offset = 8 * HOUR;
    const now = Date.UTC(2026, 10, 22, 12, 37);
    const day = timeTicks({ from: now - DAY, to: now }, 8, offset);
    expect(day.unit).toBe('time');
    expect(day.ticks.every((at) => (at + offset) % (3 * HOUR) === 0)).toBe(true);
    const week = timeTicks({ from: now - 7 * DAY, to: now }, 12, offset);
    expect(week.unit).toBe('day');
    expect(week.ticks.every((at) => (at + offset) % DAY === 0)).toBe(true);
    const year = timeTicks({ from: now - 365 * DAY, to: now }, 6, offset);
    expect(year.unit).toBe('month');
    expect(year.ticks.every((at) => new Date(at + offset).getUTCDate() === 1)).toBe(true);
    expect(year.ticks.length).toBeLessThanOrEqual(7);
  });

  test('a narrow chart of a week still names more than one day', () => {
    for (let hour = 0; hour < 7 * 24; hour += 5) {
      const from = Date.UTC(2026, 10, 16, hour);
      expect(timeTicks({ from, to: from + 7 * DAY }, 3, 0).ticks.length).toBeGreaterThan(1);
    }
  });

  test('stacked series stand on each other', () => {
    expect(
      stack([
        [1, 0],
        [2, 3],
      ]),
    ).toEqual([
      [
        [0, 1],
        [0, 0],
      ],
      [
        [1, 3],
        [0, 3],
      ],
    ]);
  });

  test('zooming stays within the bounds, and in and out come back', () => {
    const bounds = { from: 0, to: 30 * DAY };
    const near = zoom(bounds, 29 * DAY, 0.5, bounds);
    expect(near.to - near.from).toBe(15 * DAY);
    expect(near.to).toBeLessThanOrEqual(bounds.to);
    expect(near.from).toBeLessThanOrEqual(29 * DAY);
    expect(zoom(near, 29 * DAY, 2, bounds)).toEqual(bounds);
    expect(zoom(near, 29 * DAY, 0.0001, bounds).to - zoom(near, 29 * DAY, 0.0001, bounds).from).toBe(HOUR / 2);
  });

  test('an instant falls in the bucket that begins at or before it', () => {
    expect([-1, 0, 5, 10, 99].map((at) => bucketAt([0, 10, 20], at))).toEqual([0, 0, 0, 1, 2]);
  });
});

describe('CSV', () => {
  test('quotes what needs it and leaves unknown cells empty', () => {
    const rows = [[new Date(0), 1.5, undefined, 'a "b", c']];
    expect(toCsv({ head: ['From', 'x', 'y', 'z'], rows })).toBe(
      'From,x,y,z\n1970-01-01T00:00:00.000Z,1.5,,"a ""b"", c"\n',
    );
  });

  test('no cell is a formula', () => {
    expect(toCsv({ head: ['x'], rows: [['=HYPERLINK(1)'], ['@a'], [-3]] })).toBe("x\n'=HYPERLINK(1)\n'@a\n-3\n");
  });
});

describe('what was kept of the page', () => {
  test('comes back as it was', () => {
    const state = {
      ...FIRST_STATE,
      range: 'year',
      zoomed: { from: 1, to: 2 },
      dim: 'model',
      tables: ['burn'],
    } as const;
    expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  test.each([undefined, null, 7, 'x', [], { range: 'decade', dim: 4, zoomed: { from: 2, to: 1 }, hidden: [1] }])(
    '%j is as at first',
    (kept) => {
      expect(readState(kept)).toEqual({ ...FIRST_STATE, zoomed: undefined });
    },
  );
});

test('words are the user’s, and figures keep their places', () => {
  const words = createWords('zh-cn', 'Asia/Shanghai', { 'flags {0}': '标记 {0}' });
  expect(words.t('flags {0}', 3)).toBe('标记 3');
  expect(words.t('refusals {0}', 3)).toBe('refusals 3');
  const english = createWords('en', 'UTC', {});
  expect([999, 1200, 41_900_000].map((count) => sayCount(english, count))).toEqual(['999', '1.2K', '41.9M']);
  expect([0, 0.004, 0.62, 1].map((share) => sayShare(english, share))).toEqual(['0%', '0.4%', '62%', '100%']);
});
