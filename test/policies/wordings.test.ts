import { describe, expect, test } from 'vitest';
import { packAge, rulesInForce, standingOf } from '../../src/core/policy-pack.ts';
import { zai } from '../../src/policies/zai.ts';

const task = (day: string, providerId: string): string | undefined =>
  rulesInForce(zai, { now: Date.parse(day), providerId }).find(({ match }) => match.by === 'task')?.id;

describe('which wording applies', () => {
  test('April 2026 has the sentence on coding scenarios', () => {
    expect(task('2026-04-20', 'zai')).toBe('task-scope:2026-04');
    expect(task('2026-04-30T23:59:59Z', 'zai')).toBe('task-scope:2026-04');
  });

  test('from May 2026 the wording differs by region', () => {
    expect(task('2026-05-01', 'zai')).toBe('task-scope');
    expect(task('2026-09-07', 'bigmodel')).toBe('task-scope:cn');
  });

  test('before the first wording that was read nothing is claimed', () => {
    expect(task('2026-03-31', 'zai')).toBeUndefined();
  });

  test('a rule for one plan generation is left out for another', () => {
    const pack = { ...zai, rules: [{ ...zai.rules[0]!, generations: ['credits'] }] };
    const now = Date.parse('2026-09-07');
    expect(rulesInForce(pack, { now, generation: 'prompts' })).toEqual([]);
    expect(rulesInForce(pack, { now, generation: 'credits' })).toHaveLength(1);
    expect(rulesInForce(pack, { now })).toHaveLength(1);
  });
});

describe('the age of a pack', () => {
  test('is said from the ninety-first day on', () => {
    const read = Date.parse(zai.version);
    expect(packAge(zai, read + 90 * 86_400_000)).toEqual({ days: 90, stale: false });
    expect(packAge(zai, read + 91 * 86_400_000)).toEqual({ days: 91, stale: true });
  });

  test('is never negative, whatever the clock says', () => {
    expect(packAge(zai, 0)).toEqual({ days: 0, stale: false });
  });
});

describe('the standing of a client', () => {
  test.each([
    ['claude-code', 'supported'],
    ['openclaw', 'best-effort'],
    ['aider', 'unlisted'],
    ['unknown', undefined],
    ['', undefined],
    [undefined, undefined],
  ] as const)('of %s is %s', (client, standing) => {
    expect(standingOf(zai, client)).toBe(standing);
  });
});
