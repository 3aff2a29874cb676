import { describe, expect, test } from 'vitest';
import type { RateLimit } from '../../src/core/rate-limit.ts';
import { findProvider } from '../../src/providers/list.ts';
import { choosePlan } from '../../src/quota/choose-plan.ts';
import { CREDITS, reading, WEEK } from './burns.ts';

const { plans } = findProvider('zai')!;
const choose = (tier: string | undefined, readings: readonly RateLimit[] = []) => choosePlan(plans, tier, readings)?.id;

const credits = (limit: number) => reading({ unit: 'credits', limit });

describe('the plan of an account', () => {
  test('a tier word alone is the plan of today', () => expect(choose(' Pro ')).toBe('glm-pro'));

  test('a tier word and readings in credits are a credit plan', () => {
    expect(choose('max', [credits(28_000), reading({ unit: 'credits', limit: 140_000, windowMs: WEEK })])).toBe(
      'glm-max',
    );
  });

  test('a tier word and bare shares are a prompt plan', () => {
    expect(choose('max', [reading({ usedFraction: 0.25 })])).toBe('glm-legacy-max');
  });

  test('a tier word and readings in tokens are a prompt plan too', () => {
    expect(choose('pro', [reading({ unit: 'tokens', limit: 123 })])).toBe('glm-legacy-pro');
  });

  test('limits that are a plan’s own name it without a tier word', () => {
    expect(choose(undefined, [credits(12_000)])).toBe('glm-pro');
    expect(choose('something new', [credits(2_000)])).toBe('glm-lite');
    expect(choose(undefined, [reading({ unit: 'tokens', limit: 60_000_000 })])).toBe('glm-team-standard');
  });

  test('a limit nobody knows, or of one model or tool, names no plan', () => {
    expect(choose(undefined, [credits(12_345)])).toBeUndefined();
    expect(choose(undefined, [{ ...credits(12_000), model: 'mcp' }])).toBeUndefined();
  });

  test('limits that two plans share name neither', () => {
    const twins = [CREDITS, { ...CREDITS, id: 'twin' }];
    expect(choosePlan(twins, undefined, [credits(1_000)])).toBeUndefined();
    expect(choosePlan([CREDITS], undefined, [credits(1_000)])).toBe(CREDITS);
  });

  test('nothing known is no plan', () => {
    expect(choose(undefined)).toBeUndefined();
    expect(choose('')).toBeUndefined();
    expect(choose('enterprise')).toBeUndefined();
  });

  test('a tool allowance beside it says nothing against a plan', () => {
    const tools = reading({ policy: 'mcp', unit: 'requests', model: 'mcp', windowMs: WEEK });
    expect(choose('pro', [tools])).toBe('glm-pro');
  });
});
