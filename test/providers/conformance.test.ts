import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dialects } from '../../src/providers/dialects/list.ts';
import { findProvider, providers } from '../../src/providers/list.ts';
import type { RateLimit } from '../../src/core/rate-limit.ts';
import { NOW } from './fixtures/fixture.ts';
import { providerFixtures } from './fixtures/list.ts';

test('every provider has fixtures and every fixture a provider', () => {
  expect(Object.keys(providerFixtures).toSorted()).toEqual(providers.map(({ id }) => id).toSorted());
});

test('ids are unique, and found by id', () => {
  expect(new Set(providers.map(({ id }) => id)).size).toBe(providers.length);
  for (const provider of providers) expect(findProvider(provider.id)).toBe(provider);
  expect(findProvider('nobody')).toBeUndefined();
});

describe.each(providers.map((provider) => [provider.id, provider] as const))('%s', (id, provider) => {
  const fixture = providerFixtures[id];
  if (fixture === undefined) {
    test('has fixtures', () => expect.fail(`write test/providers/fixtures/${id}.ts and name it in list.ts`));
    return;
  }

  // A provider that is only a meter has no traffic of its own: nothing to route, no credential, few errors.
  const least = provider.relayed === false ? 0 : 2;

  test('its upstream is an https origin without a slash at the end', () => {
    expect(provider.upstream).toMatch(/^https:\/\/[a-z0-9.-]+[a-z0-9]$/);
  });

  test('names every path it is asked on, and only dialects that exist', () => {
    expect(fixture.routes.length).toBeGreaterThan(least);
    for (const [method, path, reading] of fixture.routes) {
      expect(provider.route(method, path), `${method} ${path}`).toEqual(reading);
      if (reading.dialect !== undefined) expect(dialects.map((dialect) => dialect.id)).toContain(reading.dialect);
    }
  });

  test('finds the credential of its own traffic', () => {
    expect(fixture.credentials.some(([, , credential]) => credential !== undefined)).toBe(least > 0);
    for (const [headers, url, credential] of fixture.credentials) {
      expect(provider.credential(headers, url), JSON.stringify(headers)).toBe(credential);
    }
  });

  test('names accounts, exactly where the credential does not', () => {
    expect(fixture.accounts === undefined).toBe(provider.accountId === undefined);
    for (const [headers, accountId] of fixture.accounts ?? []) expect(provider.accountId?.(headers)).toBe(accountId);
  });

  test('names accounts from bodies, exactly where it says so, and from garbled ones never', () => {
    expect(fixture.bodyAccounts === undefined).toBe(provider.accountIdOfBody === undefined);
    const told = fixture.bodyAccounts ?? [];
    for (const [credential, body, account] of told) {
      expect(provider.accountIdOfBody?.(credential, body)).toBe(account);
    }
    if (told.length > 0) expect(told.some(([, , account]) => account === undefined)).toBe(true);
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(fc.constantFrom('metadata', 'user_id', 'x'), fc.anything()),
        (key, body) => {
          expect(provider.accountIdOfBody?.(key, body)).toBeUndefined();
        },
      ),
    );
  });

  test('reads what its headers say of limits', () => {
    for (const [status, headers, limits] of fixture.limits) {
      const read = provider.readLimits(status, headers, NOW);
      expect(read).toMatchObject(limits);
      expect(read).toHaveLength(limits.length);
    }
    expect(provider.readLimits(200, [['date', 'Mon, 10 Aug 2026 10:00:00 GMT']], NOW)).toEqual([]);
  });

  test('reads errors in all shapes it is known to send', () => {
    expect(fixture.errors.length).toBeGreaterThan(least);
    for (const [status, body, error] of fixture.errors) expect(provider.readError(status, body), body).toEqual(error);
  });

  test('reads limits said in bodies and events, exactly where it has a reader for them', () => {
    expect(fixture.bodyLimits === undefined).toBe(provider.readBodyLimits === undefined);
    for (const [text, limits] of fixture.bodyLimits ?? []) {
      const read = provider.readBodyLimits?.(text, NOW);
      expect(read, text).toMatchObject(limits);
      expect(read, text).toHaveLength(limits.length);
    }
  });

  test('reads every answer of its usage endpoint', () => {
    expect(fixture.poll === undefined).toBe(provider.poll === undefined);
    if (fixture.poll === undefined || provider.poll === undefined) return;
    const { poll } = provider;
    expect(poll.path).toMatch(/^\//);
    expect(poll.minIntervalMs).toBeGreaterThanOrEqual(120_000);
    expect(poll.headers('id.secret')).toEqual(fixture.poll.headers);
    for (const path of fixture.poll.covers) expect(poll.covers(path), path).toBe(true);
    for (const path of fixture.poll.coversNot) expect(poll.covers(path), path).toBe(false);
    for (const [status, body, answer] of fixture.poll.answers) {
      const reading = poll.read(status, body, NOW);
      expect(reading, body).toMatchObject(answer);
      if (reading.ok && answer.ok) expect(reading.limits).toHaveLength(answer.limits.length);
    }
    expect(fixture.poll.takes === undefined).toBe(poll.takes === undefined);
    for (const [credential, taken] of fixture.poll.takes ?? []) expect(poll.takes?.(credential)).toBe(taken);
  });

  test('finds and reads the program on this machine, exactly where it has one', () => {
    expect(fixture.local === undefined).toBe(provider.local === undefined);
    if (fixture.local === undefined || provider.local === undefined) return;
    const { local } = provider;
    expect(local.path).toMatch(/^\//);
    expect(local.minIntervalMs).toBeGreaterThanOrEqual(120_000);
    for (const [args, found] of fixture.local.recognised) expect(local.recognise(args), args.join(' ')).toEqual(found);
    for (const [token, headers] of fixture.local.headers) expect(local.headers(token)).toEqual(headers);
    for (const [status, body, answer] of fixture.local.answers) {
      const reading = local.read(status, body, NOW);
      expect(reading, body).toMatchObject(answer);
      if (reading.ok && answer.ok) expect(reading.limits).toHaveLength(answer.limits.length);
    }
  });

  test('a truncated or garbled answer never throws and never gives a figure that is no number', () => {
    const asked = [...(fixture.poll?.answers ?? []), ...(fixture.local?.answers ?? [])];
    const answers = [...asked, ...fixture.errors].map(([, body]) => body);
    const texts = [...answers, ...(fixture.bodyLimits ?? []).map(([text]) => text)];
    fc.assert(
      fc.property(garbled(texts), fc.constantFrom(200, 401, 429, 500, 529), (body, status) => {
        const error = provider.readError(status, body);
        if (error !== undefined) expect(error.message.length).toBeLessThanOrEqual(300);
        expectFigures(provider.readBodyLimits?.(body, NOW) ?? []);
        for (const reading of [provider.poll?.read(status, body, NOW), provider.local?.read(status, body, NOW)]) {
          if (reading?.ok === true) expectFigures(reading.limits);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('garbled header values never throw', () => {
    const names = fixture.limits.flatMap(([, headers]) => headers.map(([name]) => name));
    const pair = fc.tuple(fc.constantFrom('x', ...names), fc.oneof(fc.string(), fc.constantFrom('-1', 'NaN', '1e999')));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 20 }), (headers) => {
        expectFigures(provider.readLimits(200, headers, NOW));
        provider.credential(headers, '/x?key=%');
      }),
    );
  });

  test('has a page that says what cannot be read from its code', () => {
    const page = readFileSync(new URL(`../../docs/providers/${id}.md`, import.meta.url), 'utf8');
    expect(page).toMatch(/^# \S/);
  });

  test('says where every figure of its plans comes from', () => {
    expect(new Set(provider.plans.map((plan) => plan.id)).size).toBe(provider.plans.length);
    for (const plan of provider.plans) {
      expect(plan.tiers.every((tier) => tier === tier.toLowerCase())).toBe(true);
      expect(new Set(plan.windows.map((window) => window.id)).size).toBe(plan.windows.length);
      const sources = [...plan.windows, ...plan.creditRates, plan.peak, plan.prompts].flatMap(
        (one) => one?.source ?? [],
      );
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) {
        expect(source.url).toMatch(/^https:\/\//);
        expect(source.readOn).toMatch(/^\d{4}-\d\d-\d\d$/);
      }
    }
  });
});

/** Every figure is a number and not negative; a length is above 0. */
function expectFigures(limits: readonly RateLimit[]): void {
  for (const limit of limits) {
    for (const [key, value] of Object.entries(limit)) {
      if (typeof value === 'number') expect(Number.isFinite(value) && value >= 0, `${key}: ${value}`).toBe(true);
    }
    expect(limit.windowMs).not.toBe(0);
    expect(limit.policy).not.toBe('');
  }
}

/** A text cut somewhere, with one character changed, or with one value replaced by something of another kind. */
function garbled(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom('{}', ...texts), fc.nat(), fc.constantFrom('cut', 'swap', 'retype'))
    .map(([text, at, how]) => {
      const position = text.length === 0 ? 0 : at % text.length;
      if (how === 'cut') return text.slice(0, position);
      if (how === 'swap') return `${text.slice(0, position)}${'{}[]":,0-nx'[at % 11]}${text.slice(position + 1)}`;
      let seen = 0;
      return text.replace(/:(?:-?\d+|"[^"]*"|true|false|null)/g, (value) => {
        const swapped = [':null', ':"x"', ':-5', ':[]', ':{}', ':1e999', ':"-3"'][at % 7]!;
        return seen++ === at % 9 ? swapped : value;
      });
    });
}
