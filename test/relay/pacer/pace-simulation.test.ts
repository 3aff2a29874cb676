import { expect, test } from 'vitest';
import { atOnce, byTheClock, inStretch, playPaced } from '../../support/pace-play.ts';

// What a client would take that knew the limit: the last stretch begins when all requests but its own are taken.
test.each([
  ['one at a time', atOnce(1), 2, 10, 20 * 0.9],
  ['two at a time', atOnce(2), 4, 10, 20 * 0.9],
  ['three in ten seconds', inStretch(3, 10_000), 2, 6, 30 + 2 * 0.9],
  ['six in thirty seconds', inStretch(6, 30_000), 2, 15, 120 + 3 * 0.9],
  ['ten a minute', inStretch(10, 60_000), 3, 10, 120 + 4 * 0.9],
] as const)(
  'under a limit of %s no refusal is seen, and it takes 15 %% longer than possible at most',
  async (_name, limit, sessions, requests, possibleS) => {
    const { seconds, refused, seen, taken } = await playPaced({
      limit,
      sessions,
      requests,
      answerMs: [900, 900],
      thinkMs: [150, 150],
      startMs: 0,
      way: 'paced',
      seed: 1,
    });
    expect([seen, taken]).toEqual([0, sessions * requests]);
    expect(seconds).toBeLessThan(possibleS * 1.15);
    expect(refused).toBeLessThan(40);
  },
);

// Rests of the agent that comes off best without the pacer: it tries every few seconds at first.
const OWN_RESTS = [3000, 4000, 4000, 6000, 10_000, 30_000, 30_000, 30_000, 27_000];

test.each([
  ['one at a time', atOnce(1)],
  ['three in ten seconds', inStretch(3, 10_000)],
  ['five in seventeen seconds', inStretch(5, 17_000)],
  ['seven in forty-five seconds', inStretch(7, 45_000)],
  ['ten by the clock minute', byTheClock(10, 60_000)],
] as const)(
  'under a limit of %s the median short session takes no more than a twentieth longer than without the pacer',
  async (_name, limit) => {
    const growths: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const drawn = {
        limit,
        sessions: 2,
        requests: 5,
        answerMs: [800, 5800],
        thinkMs: [100, 1000],
        startMs: 2500,
        seed,
      } as const;
      const off = await playPaced({ ...drawn, way: OWN_RESTS });
      const on = await playPaced({ ...drawn, way: 'paced' });
      expect(on.seen).toBe(0);
      growths.push(on.seconds / off.seconds - 1);
    }
    expect(growths.toSorted((a, b) => a - b)[10]).toBeLessThan(0.05);
  },
);
