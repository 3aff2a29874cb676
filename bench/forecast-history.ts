import type { Burn } from '../src/core/usage.ts';

/** How somebody works. */
export interface HistoryOptions {
  readonly seed: number;
  /** Local hours of work in UTC, `[1, 10]` for a day in China. */
  readonly hours: readonly [from: number, until: number];
  readonly weekends: boolean;
  /** Turns in an hour of work. */
  readonly turnsPerHour: number;
  /** Input tokens of one request, on average. */
  readonly tokens: number;
}

/** Burns by the minute: days of sessions, sessions of turns, turns of a few requests with a growing cached context. */
export function historyOf(options: HistoryOptions & { readonly from: number; readonly until: number }): Burn[] {
  const random = createRandom(options.seed);
  const burns: Burn[] = [];
  for (let day = options.from; day < options.until; day += 86_400_000) {
    const weekday = new Date(day).getUTCDay();
    if (!options.weekends && (weekday === 0 || weekday === 6)) continue;
    const mood = 0.4 + 1.2 * random();
    let at = day + (options.hours[0] + random()) * 3_600_000;
    const end = day + options.hours[1] * 3_600_000;
    while (at < end) {
      const sessionEnd = Math.min(end, at + (0.4 + 1.6 * random()) * 3_600_000);
      let context = 0.3;
      while (at < sessionEnd) {
        const requests = 1 + Math.floor(random() * random() * 24);
        for (let i = 0; i < requests && at < sessionEnd; i++) {
          const input = Math.round(options.tokens * context * (0.7 + 0.6 * random()));
          burns.push(burnAt(at, input, Math.round(input * 0.85), Math.round(200 + 900 * random())));
          at += 4_000 + 20_000 * random();
          context = Math.min(2, context + 0.02);
        }
        at += (-Math.log(1 - random()) * 3_600_000) / (options.turnsPerHour * mood);
      }
      at += (0.1 + 0.9 * random()) * 3_600_000;
    }
  }
  return burns.toSorted((a, b) => a.minuteAt - b.minuteAt);
}

function burnAt(at: number, inputTokens: number, cacheReadTokens: number, outputTokens: number): Burn {
  return {
    minuteAt: Math.floor(at / 60_000) * 60_000,
    providerId: 'zai',
    accountKey: 'a',
    model: 'glm-5.3',
    agentId: 'claude-code',
    requests: 1,
    inputTokens,
    cacheReadTokens,
    cacheWriteTokens: 0,
    outputTokens,
  };
}

/** mulberry32 */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
