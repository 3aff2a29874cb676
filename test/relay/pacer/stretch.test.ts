import { describe, expect, test } from 'vitest';
import { createStretch } from '../../../src/relay/pacer/stretch.ts';

describe('what is learned of a limit', () => {
  test('is nothing before something was both taken and refused', () => {
    const stretch = createStretch();
    for (const at of [0, 1000, 2000]) stretch.taken(at);
    expect(stretch.freeAt()).toBeUndefined();
    stretch.refused(3000);
    expect(stretch.freeAt()).toBeUndefined();
  });

  test('is three in ten seconds after one round of it, and says when the next may go', () => {
    const stretch = createStretch();
    for (const at of [0, 1000, 2000]) stretch.taken(at);
    for (const at of [3000, 6000, 9800]) stretch.refused(at);
    for (const at of [10_100, 11_100, 12_100]) stretch.taken(at);
    stretch.refused(13_000);
    expect(stretch.freeAt()).toBeGreaterThanOrEqual(20_100);
    expect(stretch.freeAt()).toBeLessThanOrEqual(20_300);
  });

  test('halves what is open where two tries are far apart', () => {
    const stretch = createStretch();
    stretch.taken(0);
    stretch.refused(4000);
    stretch.taken(12_000);
    stretch.refused(12_500);
    expect(stretch.freeAt()).toBeCloseTo(12_000 + 8030, 0);
  });

  test('is given up where the provider does otherwise, and learned anew', () => {
    const stretch = createStretch();
    stretch.taken(0);
    stretch.refused(4000);
    stretch.taken(5000);
    stretch.refused(10_400);
    stretch.taken(11_000);
    expect(stretch.freeAt()).toBeUndefined();
  });
});
