import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attribution, Part } from '../../src/core/attribution.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { RateLimit } from '../../src/core/rate-limit.ts';
import type { Burn } from '../../src/core/usage.ts';
import { readQuota } from '../../src/quota/read-quota.ts';
import { burn, CREDITS, HOUR, MINUTE, NOW, PROMPTS, reading, SHARES } from './burns.ts';

function fiveHour(plan: Plan | undefined, burns: readonly Burn[], limits: readonly RateLimit[]) {
  return readQuota({ plan, burns, limits, now: NOW })[0]!;
}

const credits = (used: number, seenAt = NOW): RateLimit =>
  reading({ unit: 'credits', limit: 1_000, used, resetsAt: NOW + 4 * HOUR, seenAt });

/** 4 credits each: off-peak. */
const mixed = [
  burn(NOW - 50 * MINUTE, { agentId: 'cline', kind: 'main' }),
  burn(NOW - 40 * MINUTE, { agentId: 'claude-code', kind: 'overhead' }),
  burn(NOW - 30 * MINUTE, { agentId: 'claude-code', model: 'big-2' }),
];

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { fraction }) => sum + fraction, 0);
}

function expectWhole(attribution: Attribution): void {
  const { byAgent, byModel, byKind, bySession = [], byWorkspace = [] } = attribution;
  for (const parts of [byAgent, byModel, byKind, bySession, byWorkspace]) {
    if (parts.length > 0 || attribution.elsewhere !== 1) {
      expect(sumOf(parts) + (attribution.elsewhere ?? 0)).toBeCloseTo(1, 9);
    }
    for (const { fraction } of parts) expect(fraction).toBeGreaterThan(0);
  }
}

describe('attribution of a window', () => {
  test('tells what the provider counted and the relay did not see apart', () => {
    // 4 + 4 + 8 credits were seen, 20 counted.
    const { attribution } = fiveHour(CREDITS, mixed, [credits(20)]);
    expect(attribution).toMatchObject({ of: 'used' });
    expect(attribution!.elsewhere).toBeCloseTo(0.2);
    expect(attribution!.byAgent.map(({ id }) => id)).toEqual(['claude-code', 'cline']);
    expect(attribution!.byAgent[0]!.fraction).toBeCloseTo(0.6);
    expect(attribution!.byModel.map(({ id }) => id)).toEqual(['big-1', 'big-2']);
    expect(attribution!.byKind.map(({ id }) => id)).toEqual(['unknown', 'main', 'overhead']);
    expectWhole(attribution!);
  });

  test('tells sessions and folders apart, and what traffic did not tell stays unknown', () => {
    const burns = [
      burn(NOW - 50 * MINUTE, { sessionKey: 's1', workspaceKey: 'w' }),
      burn(NOW - 40 * MINUTE, { sessionKey: 's2', workspaceKey: 'w' }),
      burn(NOW - 30 * MINUTE, { sessionKey: 's2', kind: 'scheduled' }),
      burn(NOW - 20 * MINUTE),
    ];
    const { attribution } = fiveHour(CREDITS, burns, [credits(20)]);
    expect(attribution!.bySession!.map(({ id, fraction }) => [id, fraction.toFixed(2)])).toEqual([
      ['s2', '0.40'],
      ['s1', '0.20'],
      ['unknown', '0.20'],
    ]);
    expect(attribution!.byWorkspace!.map(({ id, fraction }) => [id, fraction.toFixed(2)])).toEqual([
      ['unknown', '0.40'],
      ['w', '0.40'],
    ]);
    expect(attribution!.byKind.map(({ id }) => id)).toEqual(['unknown', 'scheduled']);
    expectWhole(attribution!);
  });

  test('has no part elsewhere where the ledger counted more than the provider', () => {
    expect(fiveHour(CREDITS, mixed, [credits(10)]).attribution).toMatchObject({ of: 'used', elsewhere: 0 });
  });

  test('is all elsewhere where nothing passed the relay', () => {
    const empty = { of: 'used', elsewhere: 1, byAgent: [], byModel: [], byKind: [], bySession: [], byWorkspace: [] };
    expect(fiveHour(CREDITS, [], [credits(20)]).attribution).toEqual(empty);
  });

  test('says nothing of elsewhere where the provider says a share of an unknown size', () => {
    const { attribution } = fiveHour(SHARES, mixed, [reading({ usedFraction: 0.4, resetsAt: NOW + 4 * HOUR })]);
    expect(attribution).toMatchObject({ of: 'seen', elsewhere: undefined });
    expect(attribution!.byAgent[0]!.fraction).toBeCloseTo(2 / 3);
    expectWhole(attribution!);
  });

  test('says nothing of elsewhere where only the ledger speaks, or a model has no rate', () => {
    expect(fiveHour(CREDITS, mixed, []).attribution).toMatchObject({ of: 'seen', elsewhere: undefined });
    const foreign = [...mixed, burn(NOW - 20 * MINUTE, { model: 'strange' })];
    const { attribution } = fiveHour(CREDITS, foreign, [credits(20)]);
    expect(attribution).toMatchObject({ of: 'seen', elsewhere: undefined });
    expect(attribution!.byModel.find(({ id }) => id === 'strange')!.fraction).toBeCloseTo(0.25);
  });

  test('is absent where nothing was used, and of windows of a minute', () => {
    expect(fiveHour(CREDITS, [], []).attribution).toBeUndefined();
    expect(fiveHour(CREDITS, [], [credits(0)]).attribution).toBeUndefined();
    const minute = reading({ unit: 'requests', limit: 50, used: 10, windowMs: MINUTE, seenAt: NOW });
    expect(fiveHour(undefined, mixed, [minute]).attribution).toBeUndefined();
  });

  test('leaves out what was used before the window began', () => {
    const before = burn(NOW - 2 * HOUR, { agentId: 'before' });
    const ids = fiveHour(CREDITS, [before, ...mixed], [credits(20)]).attribution!.byAgent.map(({ id }) => id);
    expect(ids).not.toContain('before');
  });

  test('adds many small parts up as others', () => {
    const many = Array.from({ length: 40 }, (_, i) => burn(NOW - 10 * MINUTE, { model: `big-${i}` }));
    const { byModel } = fiveHour(CREDITS, many, [credits(400)]).attribution!;
    expect(byModel).toHaveLength(12);
    expect(byModel.at(-1)!.id).toBe('other');
  });

  test('parts sum to the whole, whatever was used and however it came in', () => {
    const burns = fc.array(
      fc.record({
        back: fc.integer({ min: 0, max: 300 }),
        tokens: fc.integer({ min: 0, max: 1_000_000 }),
        model: fc.constantFrom('big-1', 'big-2', 'strange', 'small'),
        agentId: fc.constantFrom('cline', 'claude-code', 'unknown'),
        kind: fc.constantFrom('main', 'sub-agent', 'overhead', undefined),
      }),
      { maxLength: 60 },
    );
    const used = fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: undefined });
    fc.assert(
      fc.property(burns, used, fc.constantFrom(CREDITS, PROMPTS, SHARES, undefined), (list, said, plan) => {
        const all = list.map(({ back, tokens, model, agentId, kind }) =>
          burn(NOW - back * MINUTE, { inputTokens: tokens, model, agentId, kind }),
        );
        const limits = said === undefined ? [] : [credits(said)];
        for (const window of readQuota({ plan, burns: all, limits, now: NOW })) {
          if (window.attribution !== undefined) expectWhole(window.attribution);
        }
        const [there, back] = [all, all.toReversed()].map((one) => fiveHour2(plan, one, limits));
        expect(back?.byAgent.map(({ id }) => id)).toEqual(there?.byAgent.map(({ id }) => id));
      }),
    );
  });
});

function fiveHour2(plan: Plan | undefined, burns: readonly Burn[], limits: readonly RateLimit[]) {
  return readQuota({ plan, burns, limits, now: NOW })[0]?.attribution;
}
