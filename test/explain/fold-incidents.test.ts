import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attempt, Failure, FailureContext } from '../../src/core/incident.ts';
import { foldIncidents } from '../../src/explain/fold-incidents.ts';
import { readFailure } from '../../src/explain/read-failure.ts';
import { readErrorBody } from '../../src/providers/error-envelope.ts';
import { errorCatalogues } from '../../src/providers/errors/list.ts';
import { anthropicShape, FAIR_USE, HOUR, MINUTE, NOW, OVERLOADED, RATE } from './incidents/scripted-incident.ts';

const LIMIT = failure('1308', 'Usage limit reached for 5 hour. Your limit will reset at 2026-11-22 20:00:00');

function failure(code: string, message: string): Failure {
  const deps = { readError: readErrorBody, catalogues: errorCatalogues };
  return readFailure(anthropicShape(code, message), deps, { providerId: 'zai', status: 429, now: NOW });
}

function attempt(afterMs: number, how: Partial<Attempt> = {}): Attempt {
  return {
    id: `at-${afterMs}-${how.turnKey ?? 'a'}`,
    at: NOW + afterMs,
    providerId: 'zai',
    accountKey: 'account',
    agentId: 'claude-code',
    model: 'glm-5.3',
    turnKey: 'a',
    failure: failure('1302', RATE),
    context: {},
    ...how,
  };
}

const fold = (attempts: readonly Attempt[]) => foldIncidents(attempts, errorCatalogues);

/** Claude Code's pauses before each retry, as measured, in seconds. */
const PAUSES = [0, 0.55, 1.1, 2.1, 4.6, 9.3, 19.6, 38, 38, 33, 39];

function retries(): readonly Attempt[] {
  let at = 0;
  return PAUSES.map((pause) => attempt((at += pause * 1000)));
}

test('an incident knows what its agent named itself, also where that was updated meanwhile; nothing where it named no version', () => {
  const products = ['claude-cli/2.1.330', 'claude-cli/2.1.330', undefined, 'claude-cli/2.1.331'];
  const [incident] = fold(products.map((product, i) => attempt(i * 1000, { product })));
  expect(incident?.products).toEqual(['claude-cli/2.1.330', 'claude-cli/2.1.331']);
  expect(fold([attempt(0)])[0]).not.toHaveProperty('products');
});

describe('retries', () => {
  test('of one turn are one incident with a time line', () => {
    const [incident, ...more] = fold(retries());
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ attempts: 11, turns: 1, startedAt: NOW, recoveredAt: undefined });
    expect(incident?.lastAt).toBe(NOW + PAUSES.reduce((sum, pause) => sum + pause * 1000, 0));
    expect(incident?.timeline.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 11 }, () => 'refused'));
    expect(incident?.explanation.headline.en).toBe(
      'The provider refused 11 requests in 3 m (1302, account rate limit).',
    );
  });

  test('that get through in the end say when', () => {
    const [incident] = fold([...retries(), attempt(200_000, { failure: undefined })]);
    expect(incident).toMatchObject({ attempts: 11, recoveredAt: NOW + 200_000 });
    expect(incident?.timeline.at(-1)?.outcome).toBe('passed');
  });

  test('a refusal after that takes it back', () => {
    const [incident] = fold([attempt(0), attempt(1_000, { failure: undefined }), attempt(2_000)]);
    expect(incident).toMatchObject({ attempts: 2, recoveredAt: undefined });
  });

  test('a passing request of another turn is no part of it', () => {
    const [incident] = fold([attempt(0), attempt(1_000, { failure: undefined, turnKey: 'b' })]);
    expect(incident?.timeline).toHaveLength(1);
    expect(incident?.recoveredAt).toBeUndefined();
  });

  test('of several turns are counted by turn', () => {
    const [incident] = fold([attempt(0), attempt(10, { turnKey: 'b' }), attempt(900), attempt(950, { turnKey: 'c' })]);
    expect(incident).toMatchObject({ attempts: 4, turns: 3 });
  });

  test('a storm keeps its beginning and its end in the time line', () => {
    const [incident] = fold(Array.from({ length: 500 }, (_, i) => attempt(i * 1_000)));
    expect(incident?.attempts).toBe(500);
    expect(incident?.timeline).toHaveLength(60);
    expect([incident?.timeline[0]?.at, incident?.timeline.at(-1)?.at]).toEqual([NOW, NOW + 499_000]);
  });
});

describe('incidents are apart', () => {
  test.each<readonly [string, Partial<Attempt>]>([
    ['where the agent differs', { agentId: 'cline' }],
    ['where the account differs', { accountKey: 'other' }],
    ['where the model differs', { model: 'glm-4.7' }],
    ['where the provider differs', { providerId: 'bigmodel' }],
    ['where the code differs', { failure: failure('1305', OVERLOADED) }],
  ])('%s', (_why, how) => {
    expect(
      fold([attempt(0), attempt(1_000, how), attempt(2_000), attempt(3_000, how)]).map(({ attempts }) => attempts),
    ).toEqual([2, 2]);
  });

  test('where two minutes of silence lie between', () => {
    expect(fold([attempt(0), attempt(2 * MINUTE), attempt(4 * MINUTE + 1)]).map(({ attempts }) => attempts)).toEqual([
      2, 1,
    ]);
  });

  test('but a used-up window is one until it resets, and a fair-use stop for an hour of silence', () => {
    const spent = (at: number) => attempt(at, { failure: LIMIT });
    expect(fold([spent(0), spent(3 * HOUR), spent(4 * HOUR), spent(6 * HOUR)]).map(({ attempts }) => attempts)).toEqual(
      [3, 1],
    );
    const stop = (at: number) => attempt(at, { failure: failure('1313', FAIR_USE) });
    expect(fold([stop(0), stop(50 * MINUTE), stop(3 * HOUR)]).map(({ attempts }) => attempts)).toEqual([2, 1]);
  });
});

describe('the explanation grows with the incident', () => {
  const first = (contexts: readonly FailureContext[]) =>
    fold(contexts.map((context, i) => attempt(i * 20_000, { context })))[0]?.explanation.causes[0]?.cause;

  test('the burst that began it is not forgotten when its retries come alone', () => {
    expect(
      first([
        { inFlight: 4, requestsPerMinute: 5 },
        { inFlight: 1, requestsPerMinute: 2 },
      ]),
    ).toBe('too-many-at-once');
  });

  test('a lone refusal that goes on for long turns it into a throttle', () => {
    const throttled = {
      inFlight: 1,
      requestsPerMinute: 1,
      lone: 'refused',
      refusedForMs: 20 * MINUTE,
      passedMeanwhile: 0,
    } as const;
    expect(first([{ inFlight: 1, requestsPerMinute: 3 }])).toBe('moving-limit');
    expect(first([{ inFlight: 1, requestsPerMinute: 3 }, throttled])).toBe('account-throttle');
  });

  test('what is not known any more does not hide what was', () => {
    expect(fold([attempt(0, { context: { agentName: 'A', inFlight: 3 } }), attempt(1_000)])[0]?.context).toMatchObject({
      agentName: 'A',
      inFlight: 3,
    });
  });
});

test('folding in any batch size gives the same', () => {
  const one = fc.record({
    gap: fc.integer({ min: 0, max: 200_000 }),
    turnKey: fc.constantFrom('a', 'b', 'c'),
    agentId: fc.constantFrom('claude-code', 'cline'),
    kind: fc.constantFrom('1302', '1305', '1308', 'passed'),
    inFlight: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 80 }), fc.integer({ min: 1, max: 20 }), (rows, size) => {
      let at = 0;
      const attempts = rows.map(({ gap, turnKey, agentId, kind, inFlight }, i) => {
        const failed = kind === 'passed' ? undefined : kind === '1308' ? LIMIT : failure(kind, RATE);
        return attempt((at += gap), { id: `${i}`, turnKey, agentId, failure: failed, context: { inFlight } });
      });
      let folded: ReturnType<typeof fold> = [];
      for (let i = 0; i < attempts.length; i += size) {
        folded = foldIncidents(attempts.slice(i, i + size), errorCatalogues, folded);
      }
      expect(folded).toEqual(fold(attempts));
    }),
    { numRuns: 100 },
  );
});
