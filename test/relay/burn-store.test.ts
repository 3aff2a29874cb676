import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Burn } from '../../src/core/usage.ts';
import { createBurnStore } from '../../src/relay/burn-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 22, 12);

function burn(minuteAt: number, change: Partial<Burn> = {}): Burn {
  return {
    minuteAt,
    providerId: 'zai',
    accountKey: 'key',
    model: 'glm-4.7',
    agentId: 'cline',
    requests: 1,
    inputTokens: 100,
    cacheReadTokens: 10,
    cacheWriteTokens: 1,
    outputTokens: 5,
    ...change,
  };
}

function tokens(burns: readonly Burn[]): number {
  return burns.reduce((sum, { inputTokens }) => sum + inputTokens, 0);
}

describe('what an account burned', () => {
  test('is kept at its own instant while it is fresh, then by the minute', () => {
    const store = createBurnStore();
    store.add(burn(START + 1_234));
    store.add(burn(START + 2_345));
    expect(store.all().map(({ minuteAt }) => minuteAt)).toEqual([START + 1_234, START + 2_345]);
    store.add(burn(START + 11 * MINUTE));
    const [older, newest] = store.all();
    expect(older).toMatchObject({ minuteAt: START, requests: 2, inputTokens: 200, outputTokens: 10 });
    expect(newest!.minuteAt).toBe(START + 11 * MINUTE);
  });

  test('keeps models, agents and kinds apart', () => {
    const store = createBurnStore();
    for (const change of [{}, { model: 'glm-5.3' }, { agentId: 'openclaw' }, { kind: 'overhead' as const }, {}]) {
      store.remember(burn(START, change));
    }
    expect(store.all()).toHaveLength(4);
  });

  test('falls to quarter hours after six hours, and is dropped after 35 days', () => {
    const store = createBurnStore();
    for (let at = START; at <= START + 7 * HOUR; at += MINUTE) store.remember(burn(at));
    const early = store.all().filter(({ minuteAt }) => minuteAt < START + 45 * MINUTE);
    expect(early.map(({ minuteAt }) => (minuteAt - START) / MINUTE)).toEqual([0, 15, 30]);
    expect(early[0]!.requests).toBe(15);
    store.remember(burn(START + 35 * 24 * HOUR + 8 * HOUR));
    expect(store.all()).toHaveLength(1);
  });

  test('a day of a busy account is a few hundred rows', () => {
    const store = createBurnStore();
    for (let at = START; at < START + 24 * HOUR; at += 5_000) store.add(burn(at));
    expect(store.all().length).toBeLessThan(600);
    expect(tokens(store.all())).toBe(17_280 * 100);
  });

  test('no token is lost or counted twice, whatever the times', () => {
    const spans = fc.array(fc.integer({ min: 0, max: 40 * MINUTE }), { maxLength: 200 });
    fc.assert(
      fc.property(spans, (list) => {
        const store = createBurnStore();
        let at = START;
        for (const span of list) store.add(burn((at += span)));
        expect(tokens(store.all())).toBe(list.length * 100);
      }),
    );
  });
});
