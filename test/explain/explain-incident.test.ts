import { describe, expect, test } from 'vitest';
import type { Explanation, FailureContext } from '../../src/core/incident.ts';
import { explainIncident } from '../../src/explain/explain-incident.ts';
import { readFailure, type Known } from '../../src/explain/read-failure.ts';
import { readErrorBody } from '../../src/providers/error-envelope.ts';
import { errorCatalogues } from '../../src/providers/errors/list.ts';
import { fiveHours, MINUTE, NOW, openaiShape, RATE } from './incidents/scripted-incident.ts';

function explain(
  body: string,
  context: FailureContext = {},
  known: Known = { providerId: 'zai', now: NOW },
): Explanation {
  const deps = { readError: readErrorBody, catalogues: errorCatalogues };
  return explainIncident(readFailure(body, deps, known), context, errorCatalogues);
}

const actions = (explanation: Explanation) => explanation.remedies.map(({ action }) => action);

describe('the words of an account rate limit', () => {
  const explanation = explain(openaiShape('1302', RATE), {
    now: NOW,
    providerName: 'Z.AI',
    agentName: 'Claude Code',
    inFlight: 3,
    sideRequests: 1,
    peak: { now: true },
    windows: fiveHours(0.62),
    refusals: { count: 9, overMs: 40_000 },
  });

  test('say what happened in numbers', () => {
    expect(explanation.headline).toEqual({
      en: 'Z.AI refused 9 requests in 40 s (1302, account rate limit).',
      zh: '40 秒内，Z.AI 拒绝了 9 个请求（1302，账户达到速率限制）。',
    });
  });

  test('say why as far as known, how sure, and that the quota is fine', () => {
    expect(explanation.why.en).toContain('Likely: too many requests at once (Claude Code had 3 requests in flight');
    expect(explanation.why.en).toContain('Less likely: peak hours.');
    expect(explanation.why.en).toMatch(/Your quota is fine: 62% of the 5-hour window used\.$/);
  });

  test('say what speaks against a cause', () => {
    const window = explanation.causes.find(({ cause }) => cause === 'window-used-up');
    expect(window?.likelihood).toBe('unlikely');
    expect(window?.speaksAgainst.map(({ en }) => en)).toEqual(['Only 62% of the 5-hour window is used, as last read']);
  });

  test('say that no document ties it to scope, and that no numbers are published', () => {
    expect(explanation.notKnown.map(({ en }) => en).join(' ')).toMatch(
      /publishes no concurrency numbers.*No official document ties 1302/,
    );
  });

  test('offer to queue and to wait', () => {
    expect(actions(explanation)).toEqual(expect.arrayContaining(['slow-down', 'wait']));
    expect(explanation.retry.advice).toBe('back-off');
  });
});

describe('off-scope flags', () => {
  test('beside a 1302 stay unlikely, and the words say that nothing ties them', () => {
    const causes = explain(openaiShape('1302', RATE), { inFlight: 2, offScopeFlags: 9 }).causes;
    const flags = causes.find(({ cause }) => cause === 'off-scope-use');
    expect(flags?.likelihood).toBe('unlikely');
    expect(flags?.speaksAgainst[0]?.en).toMatch(/No document of the provider ties this code/);
  });

  test('before a fair-use stop are a likely reason behind what the provider states', () => {
    const explanation = explain('1313', { offScopeFlags: 4, inFlight: 1 });
    expect(explanation.causes.map(({ cause, likelihood }) => [cause, likelihood]).slice(0, 2)).toEqual([
      ['policy-decision', 'stated'],
      ['off-scope-use', 'likely'],
    ]);
    expect(actions(explanation).slice(0, 2)).toEqual(['stop-traffic', 'appeal']);
    expect(explanation.retry.advice).toBe('stop');
    expect(explanation.retryAt).toBeUndefined();
  });
});

describe('when to try again', () => {
  const body = openaiShape('1308', 'Usage limit reached for 5 hour. Your limit will reset at 2026-11-22 20:00:00');

  test('is the time of the message, said in the zone of the person', () => {
    const { retry, retryAt } = explain(body, { now: NOW, timeZone: 'Asia/Tokyo' });
    expect(retryAt).toBe(Date.UTC(2026, 10, 22, 12));
    expect(retry.text.en).toBe('Not before the reset at 21:00 UTC+9.');
  });

  test('is UTC where the zone is not known or is none', () => {
    expect(explain(body, { now: NOW }).retry.text.en).toBe('Not before the reset at 12:00 UTC.');
    expect(explain(body, { now: NOW, timeZone: 'Mars/Base' }).retry.text.en).toBe('Not before the reset at 12:00 UTC.');
  });

  test('comes from the windows where the message names no time', () => {
    const { retryAt } = explain(openaiShape('1308', 'Usage limit reached'), { now: NOW, windows: fiveHours(1) });
    expect(retryAt).toBe(fiveHours(1)[0]?.resetsAt);
  });

  test('is not made up', () => {
    const { retry, retryAt } = explain('1310');
    expect([retryAt, retry.text.en]).toEqual([undefined, 'Not before the window resets.']);
  });

  test('follows a Retry-After', () => {
    const { retry, retryAt } = explain('1302', { now: NOW }, { providerId: 'zai', retryAfterMs: MINUTE });
    expect([retryAt, retry.text.en]).toEqual([NOW + MINUTE, 'Yes, after 60 s: the provider says so.']);
  });
});

describe('what is not known', () => {
  test('an unknown code says so, and what its status says', () => {
    const { known, title, why, causes, page } = explain(
      openaiShape('1399', 'x'),
      {},
      { providerId: 'zai', status: 401 },
    );
    expect([known, title.en, causes[0]?.cause, page]).toEqual([false, 'Unknown code 1399', 'not-known', undefined]);
    expect(why.en).toBe(
      'Planward’s list holds no code 1399 (HTTP 401). It may be new. By its HTTP status: The API did not accept the credential, or there was none.',
    );
  });

  test('causes ranked without context say so; with context, or where the provider states the cause, they do not', () => {
    const bare = (body: string, context?: FailureContext) =>
      explain(body, context).notKnown.some(({ en }) => en.startsWith('Nothing is known of the requests around it'));
    expect([bare('1302'), bare('1302', { inFlight: 2 }), bare('1308')]).toEqual([true, false, false]);
  });
});

test('the raw error holds no keys', () => {
  const body = openaiShape('1000', 'bad key sk-abcdefghijklmnopqrstuvwx and eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc');
  expect(explain(body).raw).toBe('1000 · bad key [key] and [token]');
});
